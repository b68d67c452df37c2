package qoa.rego.plan;

/**
 * A place in the source of a policy. Part of the API.
 *
 * @param file as the compiler was given it; empty where the place is not known
 * @param row from 1, or 0
 * @param col from 1, or 0
 */
public record Location(String file, int row, int col) {
  /** A place that the plan does not tell. */
  public static final Location UNKNOWN = new Location("", 0, 0);

  /** Whether the plan tells the place. */
  public boolean isKnown() {
    return !file.isEmpty();
  }

  @Override
  public String toString() {
    return file + ":" + row + ":" + col;
  }
}
