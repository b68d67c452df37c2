package qoa.core.documents;

import java.math.BigInteger;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them in contracts and in the configuration. */
public final class DurationText {

  /** What to write, for messages. */
  public static final String EXPECTED = "a duration such as 500ms, 10s, 5m, 1h or 1d";

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");

  private DurationText() {}

  /**
   * Reads a whole number followed at once by its unit: {@code ms}, {@code s}, {@code m}, {@code h}
   * or {@code d}.
   *
   * @throws IllegalArgumentException where the text has another form or is more than can be counted
   *     in milliseconds; its message is the user's
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected " + EXPECTED);
    }
    BigInteger millis = new BigInteger(matcher.group(1)).multiply(unitMillis(matcher.group(2)));
    if (millis.bitLength() >= Long.SIZE) {
      throw new IllegalArgumentException("expected " + EXPECTED + ", but this is too long");
    }
    return Duration.ofMillis(millis.longValue());
  }

  /** The shortest form that {@link #parse} reads back, such as {@code 90s}; whole milliseconds. */
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
