package qoa.rego.builtins;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import qoa.rego.value.TermText;

/** Durations as Go writes them, {@code 1h30m}, and with days, weeks and years of 365 days. */
final class Durations {
  private static final Pattern SEGMENT =
      Pattern.compile("(\\d++\\.?\\d*+|\\.\\d++)(ns|us|µs|μs|ms|s|m|h|d|w|y)");

  private static final BigDecimal HOUR = BigDecimal.valueOf(3_600_000_000_000L);

  private static final Map<String, BigDecimal> NANOS =
      Map.ofEntries(
          Map.entry("ns", BigDecimal.ONE),
          Map.entry("us", BigDecimal.valueOf(1_000)),
          Map.entry("µs", BigDecimal.valueOf(1_000)),
          Map.entry("μs", BigDecimal.valueOf(1_000)),
          Map.entry("ms", BigDecimal.valueOf(1_000_000)),
          Map.entry("s", BigDecimal.valueOf(1_000_000_000)),
          Map.entry("m", BigDecimal.valueOf(60_000_000_000L)),
          Map.entry("h", HOUR),
          Map.entry("d", HOUR.multiply(BigDecimal.valueOf(24))),
          Map.entry("w", HOUR.multiply(BigDecimal.valueOf(7L * 24))),
          Map.entry("y", HOUR.multiply(BigDecimal.valueOf(365L * 24))));

  /** Longer ones have more digits than are read in reasonable time. */
  private static final int MAX_LENGTH = 1_000;

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @return nanoseconds
   * @throws BuiltinException if {@code text} is not a duration, or one that does not fit a {@code
   *     long}
   */
  static long parse(BuiltinContext context, String text) {
    context.charge(text.length());
    if (text.length() > MAX_LENGTH) {
      throw invalid(text);
    }
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    if (text.substring(at).equals("0")) {
      return 0;
    }
    BigInteger total = BigInteger.ZERO;
    Matcher segment = SEGMENT.matcher(text);
    if (at == text.length()) {
      throw invalid(text);
    }
    while (at < text.length()) {
      if (!segment.region(at, text.length()).lookingAt()) {
        throw invalid(text);
      }
      BigDecimal value = new BigDecimal(segment.group(1));
      total = total.add(value.multiply(NANOS.get(segment.group(2))).toBigInteger());
      at = segment.end();
    }
    BigInteger signed = negative ? total.negate() : total;
    if (signed.bitLength() >= Long.SIZE) {
      throw invalid(text);
    }
    return signed.longValue();
  }

  private static BuiltinException invalid(String text) {
    return new BuiltinException("time: invalid duration \"" + TermText.shown(text) + "\"");
  }
}
