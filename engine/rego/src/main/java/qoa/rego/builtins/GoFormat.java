package qoa.rego.builtins;

import java.math.BigInteger;
import java.util.List;
import qoa.rego.budget.Budget;
import qoa.rego.value.BoundedText;

/**
 * Go's {@code fmt.Sprintf} for the arguments that {@code sprintf} has: {@code Long}, {@code
 * Double}, {@code BigInteger} and {@code String}. Mistakes are reported inside the text, as Go
 * does: {@code %!d(string=x)}.
 */
final class GoFormat {
  /** Go takes larger widths and precisions for mistakes. */
  private static final int MAX_NUMBER = 1_000_000;

  private final String format;
  private final List<?> arguments;
  private final BoundedText out;

  private int at;
  private int argument;
  private boolean afterIndex;
  private boolean goodIndex;
  private boolean reordered;

  private GoFormat(Budget budget, String format, List<?> arguments) {
    this.out = new BoundedText(budget);
    this.format = format;
    this.arguments = arguments;
  }

  /**
   * Formats.
   *
   * @param budget pays for the text
   */
  static String format(Budget budget, String format, List<?> arguments) {
    GoFormat run = new GoFormat(budget, format, arguments);
    run.all();
    return run.out.toString();
  }

  private void all() {
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      if (percent < 0) {
        out.append(format, at, format.length());
        at = format.length();
      } else {
        out.append(format, at, percent);
        at = percent + 1;
        goodIndex = true;
        afterIndex = false;
        directive();
      }
    }
    if (!reordered && argument < arguments.size()) {
      reportExtra();
    }
  }

  private void directive() {
    FormatSpec spec = new FormatSpec();
    while (at < format.length() && spec.takeFlag(format.charAt(at))) {
      at++;
    }
    argumentIndex();
    width(spec);
    precision(spec);
    if (!afterIndex) {
      argumentIndex();
    }
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int verb = format.codePointAt(at);
    at += Character.charCount(verb);
    if (verb == '%') {
      out.append('%');
    } else if (!goodIndex) {
      out.append("%!").appendCodePoint(verb).append("(BADINDEX)");
    } else if (argument >= arguments.size()) {
      out.append("%!").appendCodePoint(verb).append("(MISSING)");
    } else {
      spec.write(verb, arguments.get(argument++), out);
    }
  }

  private void width(FormatSpec spec) {
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      Integer width = intArgument();
      if (width == null) {
        out.append("%!(BADWIDTH)");
      } else {
        spec.setWidth(width);
      }
      afterIndex = false;
      return;
    }
    Integer width = number();
    if (width != null) {
      spec.setWidth(width);
      goodIndex &= !afterIndex;
    }
  }

  private void precision(FormatSpec spec) {
    if (at >= format.length() || format.charAt(at) != '.') {
      return;
    }
    at++;
    goodIndex &= !afterIndex;
    argumentIndex();
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      Integer precision = intArgument();
      if (precision == null) {
        out.append("%!(BADPREC)");
      }
      spec.precision = precision == null || precision < 0 ? -1 : precision;
      afterIndex = false;
    } else {
      Integer precision = number();
      spec.precision = precision == null ? 0 : precision;
    }
  }

  /** The argument that a {@code *} stands for, or null if it is no sensible number. */
  private Integer intArgument() {
    if (argument >= arguments.size()) {
      return null;
    }
    Object value = arguments.get(argument++);
    return value instanceof Long number && Math.abs(number) <= MAX_NUMBER
        ? (Integer) (int) (long) number
        : null;
  }

  /** The digits at the position, or null if there are none, or too many. */
  private Integer number() {
    int start = at;
    int value = 0;
    while (at < format.length() && Character.isDigit(format.charAt(at)) && value <= MAX_NUMBER) {
      value = value * 10 + (format.charAt(at) - '0');
      at++;
    }
    return at == start || value > MAX_NUMBER ? null : (Integer) value;
  }

  /** An explicit index: {@code [2]}. */
  private void argumentIndex() {
    afterIndex = false;
    if (at >= format.length() || format.charAt(at) != '[') {
      return;
    }
    reordered = true;
    int close = format.indexOf(']', at);
    if (close < 0) {
      goodIndex = false;
      at++;
      return;
    }
    String digits = format.substring(at + 1, close);
    at = close + 1;
    if (!digits.matches("\\d{1,6}")
        || Integer.parseInt(digits) < 1
        || Integer.parseInt(digits) > arguments.size()) {
      goodIndex = false;
      return;
    }
    argument = Integer.parseInt(digits) - 1;
    afterIndex = true;
  }

  private void reportExtra() {
    out.append("%!(EXTRA ");
    String separator = "";
    for (Object extra : arguments.subList(argument, arguments.size())) {
      out.append(separator).append(typeOf(extra)).append('=');
      new FormatSpec().write('v', extra, out);
      separator = ", ";
    }
    out.append(')');
  }

  /** What Go calls the argument's type. */
  static String typeOf(Object value) {
    if (value instanceof Long) {
      return "int64";
    }
    if (value instanceof Double) {
      return "float64";
    }
    return value instanceof BigInteger ? "*big.Int" : "string";
  }
}
