package qoa.core.settings;

import java.util.ArrayList;
import java.util.List;

/** What compact constructors demand of their components, all of it and not only the first. */
public final class Checks {

  /**
   * A setting out of its range.
   *
   * @param key the setting, as it stands in {@code engine.yaml}
   * @param expected what was expected
   */
  public record Failure(String key, String expected) {}

  /** Thrown by compact constructors. */
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

  public Checks that(String key, boolean holds, String expected) {
    if (!holds) {
      failures.add(new Failure(key, expected));
    }
    return this;
  }

  public void done() {
    if (!failures.isEmpty()) {
      throw new InvalidSettingsException(failures);
    }
  }
}
