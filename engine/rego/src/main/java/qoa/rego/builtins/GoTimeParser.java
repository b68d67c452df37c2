package qoa.rego.builtins;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import qoa.rego.value.TermText;

/** Reads a time as Go's {@code time.Parse} does. A zone's name other than UTC counts as UTC. */
final class GoTimeParser {
  private final GoTimeLayout layout;
  private final String text;
  private int at;

  private int year;
  private int month = 1;
  private int day = 1;
  private int dayOfYear = -1;
  private int hour;
  private int minute;
  private int second;
  private int nano;
  private int offset;
  private Boolean afternoon;

  private GoTimeParser(GoTimeLayout layout, String text) {
    this.layout = layout;
    this.text = text;
  }

  /**
   * Reads {@code text}.
   *
   * @throws BuiltinException if it is no such time
   */
  static Instant parse(GoTimeLayout layout, String text) {
    GoTimeParser parser = new GoTimeParser(layout, text);
    for (int i = 0; i < layout.size(); i++) {
      parser.take(i);
    }
    if (parser.at != text.length()) {
      throw parser.invalid();
    }
    return parser.instant();
  }

  private BuiltinException invalid() {
    return new BuiltinException(
        "parsing time \"" + TermText.shown(text) + "\": cannot parse at " + at);
  }

  private void take(int i) {
    String chunk = layout.chunk(i);
    if (!layout.isElement(i)) {
      literal(chunk);
      return;
    }
    switch (chunk) {
      case "2006" -> year = digits(4, 4);
      case "06" -> {
        int two = digits(2, 2);
        year = two >= 69 ? 1900 + two : 2000 + two;
      }
      case "January" -> month = monthName(TextStyle.FULL);
      case "Jan" -> month = monthName(TextStyle.SHORT);
      case "01" -> month = digits(2, 2);
      case "1" -> month = digits(1, 2);
      case "Monday" -> weekday(TextStyle.FULL);
      case "Mon" -> weekday(TextStyle.SHORT);
      case "02" -> day = digits(2, 2);
      case "_2", "2" -> {
        skipSpace(1);
        day = digits(1, 2);
      }
      case "002" -> dayOfYear = digits(3, 3);
      case "__2" -> {
        skipSpace(2);
        dayOfYear = digits(1, 3);
      }
      case "15", "3" -> hour = digits(1, 2);
      case "03" -> hour = digits(2, 2);
      case "04" -> minute = digits(2, 2);
      case "4" -> minute = digits(1, 2);
      case "05", "5" -> {
        second = digits(chunk.length(), 2);
        boolean fractionFollows =
            i + 1 < layout.size()
                && layout.isElement(i + 1)
                && GoTimeLayout.isFraction(layout.chunk(i + 1));
        if (!fractionFollows) {
          optionalFraction();
        }
      }
      case "PM", "pm" -> amPm(chunk);
      case "MST" -> zoneName();
      default -> {
        if (!GoTimeLayout.isFraction(chunk)) {
          offset(chunk);
        } else if (chunk.charAt(1) == '9') {
          optionalFraction();
        } else {
          fixedFraction(chunk.length() - 1);
        }
      }
    }
  }

  private void literal(String expected) {
    if (!text.startsWith(expected, at)) {
      throw invalid();
    }
    at += expected.length();
  }

  private void skipSpace(int most) {
    for (int i = 0; i < most && text.startsWith(" ", at); i++) {
      at++;
    }
  }

  private int digits(int least, int most) {
    int start = at;
    int value = 0;
    while (at < text.length() && at - start < most && isDigit(at)) {
      value = value * 10 + (text.charAt(at++) - '0');
    }
    if (at - start < least) {
      throw invalid();
    }
    return value;
  }

  private boolean isDigit(int i) {
    return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
  }

  private int monthName(TextStyle style) {
    for (Month candidate : Month.values()) {
      if (name(candidate.getDisplayName(style, Locale.ENGLISH))) {
        return candidate.getValue();
      }
    }
    throw invalid();
  }

  private void weekday(TextStyle style) {
    for (DayOfWeek candidate : DayOfWeek.values()) {
      if (name(candidate.getDisplayName(style, Locale.ENGLISH))) {
        return;
      }
    }
    throw invalid();
  }

  private boolean name(String name) {
    boolean found = text.regionMatches(true, at, name, 0, name.length());
    at += found ? name.length() : 0;
    return found;
  }

  private void amPm(String element) {
    boolean upper = element.equals("PM");
    if (text.startsWith(upper ? "PM" : "pm", at)) {
      afternoon = true;
    } else if (text.startsWith(upper ? "AM" : "am", at)) {
      afternoon = false;
    } else {
      throw invalid();
    }
    at += 2;
  }

  private void optionalFraction() {
    boolean separator = text.startsWith(".", at) || text.startsWith(",", at);
    if (separator && isDigit(at + 1)) {
      int end = at + 1;
      while (isDigit(end)) {
        end++;
      }
      fixedFraction(end - at - 1);
    }
  }

  private void fixedFraction(int digits) {
    if (!text.startsWith(".", at) && !text.startsWith(",", at)) {
      throw invalid();
    }
    at++;
    int start = at;
    for (int i = 0; i < digits; i++) {
      if (!isDigit(at)) {
        throw invalid();
      }
      at++;
    }
    String nine = (text.substring(start, at) + "000000000").substring(0, 9);
    nano = Integer.parseInt(nine);
  }

  private void zoneName() {
    int start = at;
    while (at < text.length() && Character.isUpperCase(text.charAt(at)) && at - start < 5) {
      at++;
    }
    if (at - start < 3) {
      throw invalid();
    }
  }

  private void offset(String element) {
    if (element.startsWith("Z") && text.startsWith("Z", at)) {
      at++;
      return;
    }
    boolean negative = text.startsWith("-", at);
    if (!negative && !text.startsWith("+", at)) {
      throw invalid();
    }
    at++;
    int parts = element.replace(":", "").length() / 2;
    int seconds = digits(2, 2) * 3600;
    for (int i = 1; i < parts; i++) {
      if (element.contains(":")) {
        literal(":");
      }
      int value = digits(2, 2);
      if (value > 60) {
        throw invalid();
      }
      seconds += i == 1 ? value * 60 : value;
    }
    offset = negative ? -seconds : seconds;
  }

  private Instant instant() {
    if (afternoon != null) {
      hour = afternoon ? (hour < 12 ? hour + 12 : hour) : (hour == 12 ? 0 : hour);
    }
    try {
      LocalDateTime local = LocalDateTime.of(year, month, day, hour, minute, second, nano);
      if (dayOfYear > 0) {
        local = local.withDayOfYear(dayOfYear);
      }
      return local.toInstant(ZoneOffset.UTC).minusSeconds(offset);
    } catch (DateTimeException e) {
      throw new BuiltinException(
          "parsing time \"" + TermText.shown(text) + "\": " + e.getMessage());
    }
  }
}
