package qoa.core.documents;

/** Formats a number of things for messages. */
public final class Counted {

  private Counted() {}

  /**
   * {@code 1 contract}, {@code 2 contracts}, {@code 1,000 contracts}.
   *
   * @param one the singular; the plural is formed with an s
   */
  public static String of(long number, String one) {
    return "%,d %s%s".formatted(number, one, number == 1 ? "" : "s");
  }
}
