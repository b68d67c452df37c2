package qoa.rego.builtins;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A layout of Go's {@code time} package, in which {@code 2006-01-02} stands for a date. */
final class GoTimeLayout {
  private static final Map<String, String> NAMED =
      Map.of(
          "ANSIC", "Mon Jan _2 15:04:05 2006",
          "UnixDate", "Mon Jan _2 15:04:05 MST 2006",
          "RubyDate", "Mon Jan 02 15:04:05 -0700 2006",
          "RFC822", "02 Jan 06 15:04 MST",
          "RFC822Z", "02 Jan 06 15:04 -0700",
          "RFC850", "Monday, 02-Jan-06 15:04:05 MST",
          "RFC1123", "Mon, 02 Jan 2006 15:04:05 MST",
          "RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700",
          "RFC3339", "2006-01-02T15:04:05Z07:00",
          "RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00");

  /** The longer ones first, where one begins with another. */
  private static final List<String> ELEMENTS =
      List.of(
          "January",
          "Jan",
          "Monday",
          "Mon",
          "MST",
          "2006",
          "__2",
          "_2006",
          "_2",
          "002",
          "01",
          "02",
          "03",
          "04",
          "05",
          "06",
          "15",
          "PM",
          "pm",
          "-07:00:00",
          "-07:00",
          "-070000",
          "-0700",
          "-07",
          "Z07:00:00",
          "Z07:00",
          "Z070000",
          "Z0700",
          "Z07",
          "1",
          "2",
          "3",
          "4",
          "5");

  static final GoTimeLayout RFC3339 = of("RFC3339");

  private final List<String> chunks = new ArrayList<>();
  private final List<Boolean> isElement = new ArrayList<>();

  private GoTimeLayout(String layout) {
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < layout.length()) {
      String element = elementAt(layout, at);
      if (element == null) {
        literal.append(layout.charAt(at++));
      } else {
        flush(literal);
        chunks.add(element);
        isElement.add(true);
        at += element.length();
      }
    }
    flush(literal);
  }

  /** The layout that {@code text} is, or is the name of. */
  static GoTimeLayout of(String text) {
    return new GoTimeLayout(NAMED.getOrDefault(text, text));
  }

  private void flush(StringBuilder literal) {
    if (literal.length() > 0) {
      chunks.add(literal.toString());
      isElement.add(false);
      literal.setLength(0);
    }
  }

  private static String elementAt(String layout, int at) {
    String fraction = fractionAt(layout, at);
    if (fraction != null) {
      return fraction;
    }
    for (String element : ELEMENTS) {
      if (layout.startsWith(element, at)) {
        if (element.equals("_2006")) {
          return null;
        }
        boolean partOfWord =
            (element.equals("Jan") || element.equals("Mon"))
                && at + 3 < layout.length()
                && Character.isLowerCase(layout.charAt(at + 3));
        return partOfWord ? null : element;
      }
    }
    return null;
  }

  /** A point or comma and zeros, or nines, that no digit follows. */
  private static String fractionAt(String layout, int at) {
    char first = layout.charAt(at);
    if ((first != '.' && first != ',') || at + 1 >= layout.length()) {
      return null;
    }
    char digit = layout.charAt(at + 1);
    int end = at + 1;
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean followed = end < layout.length() && Character.isDigit(layout.charAt(end));
    return (digit == '0' || digit == '9') && !followed ? layout.substring(at, end) : null;
  }

  int size() {
    return chunks.size();
  }

  /** An element, or text that stands for itself: see {@link #isElement}. */
  String chunk(int i) {
    return chunks.get(i);
  }

  boolean isElement(int i) {
    return isElement.get(i);
  }

  static boolean isFraction(String element) {
    return element.startsWith(".") || element.startsWith(",");
  }

  String format(ZonedDateTime time) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < chunks.size(); i++) {
      out.append(isElement.get(i) ? element(chunks.get(i), time) : chunks.get(i));
    }
    return out.toString();
  }

  private static String element(String element, ZonedDateTime t) {
    return switch (element) {
      case "2006" -> String.format("%04d", t.getYear());
      case "06" -> two(Math.floorMod(t.getYear(), 100));
      case "January" -> t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "Jan" -> t.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case "01" -> two(t.getMonthValue());
      case "1" -> Integer.toString(t.getMonthValue());
      case "Monday" -> t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case "Mon" -> t.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case "02" -> two(t.getDayOfMonth());
      case "_2" -> String.format("%2d", t.getDayOfMonth());
      case "2" -> Integer.toString(t.getDayOfMonth());
      case "002" -> String.format("%03d", t.getDayOfYear());
      case "__2" -> String.format("%3d", t.getDayOfYear());
      case "15" -> two(t.getHour());
      case "03" -> two(hour12(t));
      case "3" -> Integer.toString(hour12(t));
      case "04" -> two(t.getMinute());
      case "4" -> Integer.toString(t.getMinute());
      case "05" -> two(t.getSecond());
      case "5" -> Integer.toString(t.getSecond());
      case "PM" -> t.getHour() >= 12 ? "PM" : "AM";
      case "pm" -> t.getHour() >= 12 ? "pm" : "am";
      case "MST" -> zoneName(t);
      default -> isFraction(element) ? fraction(element, t.getNano()) : offset(element, t);
    };
  }

  private static String two(int value) {
    return String.format("%02d", value);
  }

  private static int hour12(ZonedDateTime t) {
    return t.getHour() % 12 == 0 ? 12 : t.getHour() % 12;
  }

  private static String zoneName(ZonedDateTime t) {
    return DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(t);
  }

  private static String fraction(String element, int nanos) {
    String digits = String.format("%09d", nanos).substring(0, Math.min(9, element.length() - 1));
    if (element.charAt(1) == '0') {
      return element.charAt(0) + digits;
    }
    String trimmed = digits.replaceAll("0+$", "");
    return trimmed.isEmpty() ? "" : element.charAt(0) + trimmed;
  }

  private static String offset(String element, ZonedDateTime t) {
    int seconds = t.getOffset().getTotalSeconds();
    if (element.startsWith("Z") && seconds == 0) {
      return "Z";
    }
    String separator = element.contains(":") ? ":" : "";
    int parts = element.replace(":", "").length() / 2;
    int magnitude = Math.abs(seconds);
    String text = (seconds < 0 ? "-" : "+") + two(magnitude / 3600);
    text += parts > 1 ? separator + two(magnitude / 60 % 60) : "";
    return text + (parts > 2 ? separator + two(magnitude % 60) : "");
  }
}
