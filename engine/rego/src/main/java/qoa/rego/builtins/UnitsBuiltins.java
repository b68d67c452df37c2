package qoa.rego.builtins;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import qoa.rego.budget.LimitException;
import qoa.rego.value.GoFloat;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/** {@code units.*}: amounts with decimal and binary prefixes. */
final class UnitsBuiltins {
  /** The longest number that the text begins with, then the unit. */
  private static final Pattern AMOUNT =
      Pattern.compile("((?:[0-9.+-]|[eE][0-9]|[eE][+-](?=[0-9]|$))*)(.*)", Pattern.DOTALL);

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

  private static final Pattern HUGE_EXPONENT = Pattern.compile("[eE][+-]?\\d{7,}");

  private static final String PREFIXES = "kmgtpe";

  /** The float nearest to a thousandth, which is what OPA multiplies by. */
  private static final BigDecimal MILLI =
      new BigDecimal("0.001000000000000000020816681711721685132943093776702880859375");

  /** {@code k} and {@code ki} to {@code e} and {@code ei}. */
  private static final Map<String, BigDecimal> FACTORS = factors();

  /** Longer ones would be matched by too many calls. */
  private static final int MAX_LENGTH = 1_000;

  private static final int MAX_DIGITS = 10_000;

  private UnitsBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("units.parse", Cost.READS, (c, s) -> parse(text(s)))
        .add1("units.parse_bytes", Cost.READS, (c, s) -> parseBytes(text(s)));
  }

  private static String text(RegoValue value) {
    String text = Operands.string(value, 1);
    if (text.length() > MAX_LENGTH) {
      throw new BuiltinException("an amount of more than " + MAX_LENGTH + " characters");
    }
    return text;
  }

  private static Map<String, BigDecimal> factors() {
    Map<String, BigDecimal> factors = new HashMap<>();
    factors.put("", BigDecimal.ONE);
    for (int i = 0; i < PREFIXES.length(); i++) {
      String prefix = PREFIXES.substring(i, i + 1);
      factors.put(prefix, BigDecimal.TEN.pow(3 * (i + 1)));
      factors.put(prefix + "i", new BigDecimal(BigInteger.ONE.shiftLeft(10 * (i + 1))));
    }
    return Map.copyOf(factors);
  }

  private record Amount(BigDecimal number, String unit) {}

  private static Amount amount(String text, String what) {
    if (text.contains(" ")) {
      throw new BuiltinException("spaces not allowed in resource strings");
    }
    if (HUGE_EXPONENT.matcher(text).find()) {
      throw new BuiltinException("exponent too large");
    }
    Matcher matcher = AMOUNT.matcher(text);
    matcher.matches();
    if (matcher.group(1).isEmpty()) {
      throw new BuiltinException("no " + what + " provided");
    }
    if (!NUMBER.matcher(matcher.group(1)).matches()) {
      throw new BuiltinException("could not parse " + what + " to a number");
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS) {
      throw new LimitException("an amount beyond 1e±" + MAX_DIGITS);
    }
    return new Amount(number, matcher.group(2));
  }

  /** The first letter's case tells milli from mega; elsewhere case does not matter. */
  private static RegoValue parse(String text) {
    Amount amount = amount(text.replace("\"", ""), "amount");
    String unit = amount.unit();
    BigDecimal factor = unit.equals("m") ? MILLI : FACTORS.get(unit.toLowerCase(Locale.ROOT));
    if (factor == null) {
      throw new BuiltinException("unit " + TermText.shown(unit) + " not recognized");
    }
    BigDecimal product = amount.number().multiply(factor);
    boolean whole = product.stripTrailingZeros().scale() <= 0;
    return whole
        ? RegoNumber.of(product)
        : RegoNumber.parse(product.setScale(10, RoundingMode.HALF_UP).toPlainString());
  }

  private static RegoValue parseBytes(String text) {
    Amount amount = amount(text.toLowerCase(Locale.ROOT).replace("\"", ""), "byte amount");
    String unit = amount.unit();
    boolean named = unit.length() > 1 && unit.endsWith("b");
    BigDecimal factor = FACTORS.get(named ? unit.substring(0, unit.length() - 1) : unit);
    if (factor == null) {
      throw new BuiltinException("byte unit " + TermText.shown(unit) + " not recognized");
    }
    BigDecimal product = GoFloat.round(GoFloat.round(amount.number()).multiply(factor));
    return RegoNumber.of(product.toBigInteger());
  }
}
