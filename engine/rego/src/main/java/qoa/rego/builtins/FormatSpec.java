package qoa.rego.builtins;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import qoa.rego.value.BoundedText;
import qoa.rego.value.GoQuote;

/** One directive of a format, and how it prints an argument: flags, width, precision. */
final class FormatSpec {
  private static final int DEFAULT_PRECISION = 6;

  /** At most: three bytes, two digits and a prefix each. */
  private static final int HEX_PER_CHARACTER = 15;

  private boolean sharp;
  private boolean zero;
  private boolean plus;
  private boolean minus;
  private boolean space;
  private int width = -1;

  /** Below zero where none is given. */
  int precision = -1;

  /** Whether {@code c} is a flag; notes it if so. */
  boolean takeFlag(char c) {
    switch (c) {
      case '#' -> sharp = true;
      case '0' -> zero = true;
      case '+' -> plus = true;
      case '-' -> minus = true;
      case ' ' -> space = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A negative width pads on the right. */
  void setWidth(int newWidth) {
    minus |= newWidth < 0;
    width = Math.abs(newWidth);
  }

  void write(int verb, Object value, BoundedText out) {
    if (verb == 'T') {
      pad(GoFormat.typeOf(value), out);
    } else if (value instanceof Long number) {
      writeLong(verb, number, out);
    } else if (value instanceof BigInteger number) {
      writeBigInteger(verb, number, out);
    } else if (value instanceof Double number) {
      writeDouble(verb, number, out);
    } else {
      writeString(verb, (String) value, out);
    }
  }

  private void writeLong(int verb, long value, BoundedText out) {
    switch (verb) {
      case 'c' -> pad(Character.toString(codePoint(value)), out);
      case 'q' -> pad(quotedChar(codePoint(value)), out);
      case 'U' -> pad(String.format("U+%04X", value), out);
      default -> {
        int radix = radix(verb);
        if (radix == 0) {
          bad(verb, value, out);
        } else {
          writeInteger(verb, BigInteger.valueOf(value), radix, out);
        }
      }
    }
  }

  private static int codePoint(long value) {
    return value >= 0 && value <= Character.MAX_CODE_POINT ? (int) value : 0xfffd;
  }

  private static String quotedChar(int c) {
    if (c == '\'') {
      return "'\\''";
    }
    if (c == '"') {
      return "'\"'";
    }
    String quoted = GoQuote.quote(Character.toString(c));
    return "'" + quoted.substring(1, quoted.length() - 1) + "'";
  }

  private void writeBigInteger(int verb, BigInteger value, BoundedText out) {
    int radix = verb == 's' ? 10 : radix(verb);
    if (radix == 0) {
      out.append("%!")
          .appendCodePoint(verb)
          .append("(big.Int=")
          .append(digits(value, 10, out))
          .append(')');
    } else {
      writeInteger(verb, value, radix, out);
    }
  }

  private static int radix(int verb) {
    return switch (verb) {
      case 'v', 'd' -> 10;
      case 'b' -> 2;
      case 'o', 'O' -> 8;
      case 'x', 'X' -> 16;
      default -> 0;
    };
  }

  private void writeInteger(int verb, BigInteger value, int radix, BoundedText out) {
    String sign = value.signum() < 0 ? "-" : plus && verb != 'v' ? "+" : space ? " " : "";
    String digits = digits(value.abs(), radix, out);
    if (verb == 'X') {
      digits = digits.toUpperCase(Locale.ROOT);
    }
    int wanted = precision;
    if (precision == 0 && value.signum() == 0) {
      out.repeat(' ', width);
      return;
    }
    if (precision < 0 && zero && !minus && width > 0) {
      wanted = width - sign.length();
    }
    digits = zeros(wanted - digits.length(), out) + digits;
    padWith(' ', sign + prefix(verb, radix, digits) + digits, out);
  }

  private String prefix(int verb, int radix, String digits) {
    if (verb == 'O') {
      return "0o";
    }
    if (!sharp || verb == 'v') {
      return "";
    }
    return switch (radix) {
      case 2 -> "0b";
      case 8 -> digits.startsWith("0") ? "" : "0";
      case 16 -> verb == 'X' ? "0X" : "0x";
      default -> "";
    };
  }

  private void writeDouble(int verb, double value, BoundedText out) {
    String text;
    switch (verb) {
      case 'v', 'g', 'G' -> text = FloatText.general(value, precision);
      case 'e', 'E' -> text = FloatText.scientific(value, precision(out));
      case 'f', 'F' -> text = FloatText.fixed(value, precision(out));
      default -> {
        bad(verb, value, out);
        return;
      }
    }
    if (verb == 'E' || verb == 'G') {
      text = text.toUpperCase(Locale.ROOT);
    }
    boolean negative = text.startsWith("-");
    String sign = negative ? "-" : plus && verb != 'v' ? "+" : space ? " " : "";
    String digits = negative ? text.substring(1) : text;
    int zeros = zero && !minus ? width - sign.length() - digits.length() : 0;
    padWith(' ', sign + zeros(zeros, out) + digits, out);
  }

  private void writeString(int verb, String value, BoundedText out) {
    out.budget().text(value.length());
    String cut = truncated(value);
    switch (verb) {
      case 's' -> pad(cut, out);
      case 'v' -> pad(sharp ? goQuoted(cut, out) : cut, out);
      case 'q' -> pad(quoted(cut, out), out);
      case 'x' -> pad(hex(value, out), out);
      case 'X' -> pad(hex(value, out).toUpperCase(Locale.ROOT), out);
      default -> bad(verb, value, out);
    }
  }

  private String quoted(String value, BoundedText out) {
    boolean raw = sharp && value.codePoints().allMatch(c -> c != '`' && (c >= ' ' || c == '\t'));
    return raw ? '`' + value + '`' : goQuoted(value, out);
  }

  private static String goQuoted(String value, BoundedText out) {
    BoundedText quoted = new BoundedText(out.budget());
    GoQuote.quote(value, quoted);
    return quoted.toString();
  }

  private String truncated(String value) {
    int points = value.codePointCount(0, value.length());
    return precision < 0 || precision >= points
        ? value
        : value.substring(0, value.offsetByCodePoints(0, precision));
  }

  private String hex(String value, BoundedText out) {
    out.budget().text(HEX_PER_CHARACTER * (long) value.length());
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int length = precision < 0 ? bytes.length : Math.min(precision, bytes.length);
    HexFormat hex = space ? HexFormat.ofDelimiter(" ") : HexFormat.of();
    if (sharp && space) {
      return HexFormat.ofDelimiter(" ").withPrefix("0x").formatHex(bytes, 0, length);
    }
    String digits = hex.formatHex(bytes, 0, length);
    return sharp && length > 0 ? "0x" + digits : digits;
  }

  /** Digits after the point, paid for: they are made before they are added. */
  private int precision(BoundedText out) {
    int digits = precision < 0 ? DEFAULT_PRECISION : precision;
    if (digits > DEFAULT_PRECISION) {
      out.budget().text(3L * digits);
    }
    return digits;
  }

  private static String digits(BigInteger value, int radix, BoundedText out) {
    if (value.bitLength() > Long.SIZE) {
      ArithmeticBuiltins.payBits(out.budget(), value.bitLength());
      out.budget().text(value.bitLength());
    }
    return value.toString(radix);
  }

  private static String zeros(int count, BoundedText out) {
    if (count <= 0) {
      return "";
    }
    out.budget().text(count);
    return "0".repeat(count);
  }

  private static void bad(int verb, Object value, BoundedText out) {
    out.append("%!").appendCodePoint(verb).append('(');
    out.append(GoFormat.typeOf(value)).append('=');
    new FormatSpec().write('v', value, out);
    out.append(')');
  }

  private void pad(String text, BoundedText out) {
    padWith(zero && !minus ? '0' : ' ', text, out);
  }

  private void padWith(char filler, String text, BoundedText out) {
    int missing = width <= 0 ? 0 : width - text.codePointCount(0, text.length());
    if (minus) {
      out.append(text).repeat(filler, missing);
    } else {
      out.repeat(filler, missing).append(text);
    }
  }
}
