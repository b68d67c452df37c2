package qoa.core.settings;

import java.util.Objects;

/** A string that is never printed. */
public final class Secret {

  /** Printed instead of a secret. */
  public static final String HIDDEN = "***";

  private final String value;

  public Secret(String value) {
    this.value = Objects.requireNonNull(value);
  }

  /** The secret itself. Only for code that sends it. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
