package qoa.core.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks the components of a record in its compact constructor, and reports all failures together.
 * Not thread-safe.
 */
public final class Checks {

  /**
   * A setting that is out of range.
   *
   * @param key the key of the setting in {@code engine.yaml}
   * @param expected the expected values, for messages
   */
  public record Failure(String key, String expected) {}

  /** At least one setting is out of range. */
  public static final class InvalidSettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient List<Failure> failures;

    InvalidSettingsException(List<Failure> failures) {
      super(failures.toString());
      this.failures = List.copyOf(failures);
    }

    public List<Failure> failures() {
      return failures;
    }
  }

  private final List<Failure> failures = new ArrayList<>();

  /** Records a failure unless the condition holds. */
  public Checks that(String key, boolean holds, String expected) {
    if (!holds) {
      failures.add(new Failure(key, expected));
    }
    return this;
  }

  /**
   * Ends the checks.
   *
   * @throws InvalidSettingsException if there were failures
   */
  public void done() {
    if (!failures.isEmpty()) {
      throw new InvalidSettingsException(failures);
    }
  }
}
