package qoa.core.documents;

import java.math.BigInteger;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations as in contracts and in the configuration. */
public final class DurationText {

  /** The expected form, for messages. */
  public static final String EXPECTED = "a duration such as 500ms, 10s, 5m, 1h or 1d";

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");

  private DurationText() {}

  /**
   * Reads an integer that is directly followed by its unit: {@code ms}, {@code s}, {@code m},
   * {@code h} or {@code d}.
   *
   * @throws IllegalArgumentException if the text has another form, or its number of milliseconds is
   *     not a {@code long}; the message is for users
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected " + EXPECTED);
    }
    BigInteger millis = new BigInteger(matcher.group(1)).multiply(unitMillis(matcher.group(2)));
    if (millis.bitLength() >= Long.SIZE) {
      throw new IllegalArgumentException("expected " + EXPECTED + "; this one is too long");
    }
    return Duration.ofMillis(millis.longValue());
  }

  /** The shortest form for {@link #parse}, such as {@code 90s}. Fractions of 1 ms are dropped. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    for (String unit : new String[] {"d", "h", "m", "s"}) {
      long size = unitMillis(unit).longValue();
      if (millis != 0 && millis % size == 0) {
        return millis / size + unit;
      }
    }
    return millis == 0 ? "0s" : millis + "ms";
  }

  private static BigInteger unitMillis(String unit) {
    return BigInteger.valueOf(
        switch (unit) {
          case "ms" -> 1L;
          case "s" -> 1_000L;
          case "m" -> 60_000L;
          case "h" -> 3_600_000L;
          default -> 86_400_000L;
        });
  }
}
