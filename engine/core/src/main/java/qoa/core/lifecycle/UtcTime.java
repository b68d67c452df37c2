package qoa.core.lifecycle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Times as events have them. An event has up to four. {@link Instant#toString} took 3 % of the time
 * of an engine that judges each report. Plain functions.
 */
final class UtcTime {

  private static final long DAY = 86_400_000L;

  /** What is before {@code 0000} or after {@code 9999} has a sign or more digits. */
  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();

  private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private UtcTime() {}

  /**
   * The same as {@link Instant#toString}: RFC 3339 in UTC, with milliseconds where there are any.
   *
   * @param millis since the epoch
   */
  static String text(long millis) {
    if (millis < FIRST || millis > LAST) {
      return Instant.ofEpochMilli(millis).toString();
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
    int ofDay = (int) Math.floorMod(millis, DAY);
    int fraction = ofDay % 1000;
    byte[] text = new byte[fraction == 0 ? 20 : 24];
    digits(text, 0, 4, date.getYear());
    text[4] = '-';
    digits(text, 5, 2, date.getMonthValue());
    text[7] = '-';
    digits(text, 8, 2, date.getDayOfMonth());
    text[10] = 'T';
    digits(text, 11, 2, ofDay / 3_600_000);
    text[13] = ':';
    digits(text, 14, 2, ofDay / 60_000 % 60);
    text[16] = ':';
    digits(text, 17, 2, ofDay / 1000 % 60);
    if (fraction != 0) {
      text[19] = '.';
      digits(text, 20, 3, fraction);
    }
    text[text.length - 1] = 'Z';
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void digits(byte[] text, int start, int count, int number) {
    int rest = number;
    for (int i = start + count - 1; i >= start; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
