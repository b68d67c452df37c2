package qoa.rego;

/**
 * A place in a policy's source.
 *
 * @param file as the compiler was given it; empty where the place is not known
 * @param row from 1, or 0
 * @param col from 1, or 0
 */
public record Location(String file, int row, int col) {
  static final Location UNKNOWN = new Location("", 0, 0);

  public boolean isKnown() {
    return !file.isEmpty();
  }

  @Override
  public String toString() {
    return file + ":" + row + ":" + col;
  }
}
