package qoa.core.documents;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds plain scalars of YAML that are a number for some readers, and another number or text for
 * others: {@code 010} is 8 in YAML 1.1 and 10 in YAML 1.2. They are mistakes, because a person who
 * reads the file cannot know how the engine interprets them. The forms are those of the type
 * repository of YAML 1.1 and of the core schema of YAML 1.2.
 */
final class NumberSpelling {

  /** The message does not state the value of a longer scalar. */
  private static final int LONGEST = 40;

  /** A longer scalar is not checked. */
  private static final int MOST = 1_000;

  /** Numbers that YAML 1.1, YAML 1.2 and people read in the same way. */
  private static final Pattern AGREED =
      Pattern.compile("[-+]?(0|[1-9][0-9]*)(\\.[0-9]*([eE][-+][0-9]+)?)?|\\.[0-9]+");

  private static final Pattern BASE =
      Pattern.compile("([-+]?)0([oxb])_*([0-9a-fA-F][0-9a-fA-F_]*)");
  private static final Pattern SIXTY =
      Pattern.compile("([-+]?)([0-9][0-9_]*)((?::[0-5]?[0-9])+)(\\.[0-9_]*)?");
  private static final Pattern OCTAL = Pattern.compile("([-+]?)0([0-7_]*[0-7])");
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern DECIMAL = // with at least one digit
      Pattern.compile("[-+]?(?=\\.?[0-9])[0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?");

  private NumberSpelling() {}

  /**
   * The problem with a plain scalar; empty if it is a number for no reader, or the same number for
   * all.
   */
  static Optional<String> problem(String text) {
    if (text.length() > MOST || AGREED.matcher(text).matches()) {
      return Optional.empty();
    }
    Matcher base = BASE.matcher(text);
    if (base.matches()) {
      return Optional.of(inBase(text, base));
    }
    if (SIXTY.matcher(text).matches()) {
      return Optional.of(inBase60(text));
    }
    return DECIMAL.matcher(text).matches() ? Optional.of(decimal(text)) : Optional.empty();
  }

  private static String inBase(String text, Matcher base) {
    int radix = base.group(2).equals("o") ? 8 : base.group(2).equals("x") ? 16 : 2;
    String digits = base.group(3).replace("_", "");
    if (text.length() > LONGEST || !isOf(digits, radix)) {
      return message(text, "a number in base " + radix + " for some readers", "decimal digits");
    }
    BigInteger value = new BigInteger(base.group(1).replace("+", "") + digits, radix);
    String readers = radix == 16 ? "" : radix == 8 ? " in YAML 1.2" : " in YAML 1.1";
    return message(
        text, "the number " + value + " (base " + radix + ")" + readers, value.toString());
  }

  private static boolean isOf(String digits, int radix) {
    return digits.chars().allMatch(digit -> Character.digit(digit, radix) >= 0);
  }

  private static String inBase60(String text) {
    String plain = text.replace("_", "");
    if (text.length() > LONGEST || plain.indexOf('.') >= 0) {
      return message(text, "a number in base 60 in YAML 1.1", "decimal digits");
    }
    BigInteger value = BigInteger.ZERO;
    for (String digits : plain.replaceFirst("^[-+]", "").split(":", -1)) {
      value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(digits));
    }
    BigInteger signed = plain.startsWith("-") ? value.negate() : value;
    return message(text, "the number " + signed + " (base 60) in YAML 1.1", signed.toString());
  }

  private static String decimal(String text) {
    String plain = text.replace("_", "");
    Matcher octal = OCTAL.matcher(text);
    if (text.length() > LONGEST || Double.isInfinite(Double.parseDouble(plain))) {
      return message(text, "a number for some YAML readers and text for others", "plain digits");
    }
    if (octal.matches() && INTEGER.matcher(plain).matches()) {
      BigInteger eight = new BigInteger(plain, 8);
      BigInteger ten = new BigInteger(plain);
      return eight.equals(ten)
          ? message(text, "a number in base 8 in YAML 1.1", ten.toString())
          : message(
              text,
              "the number %s (base 8) in YAML 1.1, and %s in YAML 1.2".formatted(eight, ten),
              ten + " or " + eight);
    }
    String value = shortest(plain);
    return message(
        text, "the number " + value + " for some YAML readers and text for others", value);
  }

  /** The number without an exponent if that is short; otherwise in a form for all readers. */
  private static String shortest(String plain) {
    double value = Double.parseDouble(plain);
    if (INTEGER.matcher(plain).matches()) {
      return new BigInteger(plain).toString();
    }
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-4 && size < 1e15)) {
      return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
    String java = Double.toString(value); // such as 1.0E-5
    return java.contains("E-") ? java.replace("E", "e") : java.replace("E", "e+");
  }

  private static String message(String text, String reading, String write) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return "%s is %s; write %s, or quote it if it is text".formatted(shown, reading, write);
  }
}
