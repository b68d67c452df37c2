package qoa.core.documents;

/** Numbers of things, for people. */
public final class Counted {

  private Counted() {}

  /**
   * {@code 1 contract}, {@code 2 contracts}, {@code 1,000 contracts}.
   *
   * @param one the word for one of them, whose plural has an s at its end
   */
  public static String of(long number, String one) {
    return "%,d %s%s".formatted(number, one, number == 1 ? "" : "s");
  }
}
