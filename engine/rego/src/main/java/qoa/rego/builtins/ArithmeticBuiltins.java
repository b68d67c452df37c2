package qoa.rego.builtins;

import java.math.BigDecimal;
import java.math.BigInteger;
import qoa.rego.budget.Budget;
import qoa.rego.budget.LimitException;
import qoa.rego.value.GoFloat;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/** Arithmetic: exact on integers of any size, else with OPA's 64-bit significands. */
final class ArithmeticBuiltins {
  /** No policy needs more, and a few multiplications of larger numbers take minutes. */
  private static final int MAX_BITS = 1 << 18;

  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** Of numbers of many digits, whose shortest text is looked for. */
  private static final int FLOAT_STEPS = 8;

  private ArithmeticBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("plus", Cost.OWN, (c, a, b) -> plus(c, Operands.number(a, 1), Operands.number(b, 2)))
        .add2("minus", Cost.OWN, (c, a, b) -> minus(c, a, b))
        .add2(
            "mul", Cost.OWN, (c, a, b) -> multiply(c, Operands.number(a, 1), Operands.number(b, 2)))
        .add2("div", Cost.OWN, (c, a, b) -> divide(c, Operands.number(a, 1), Operands.number(b, 2)))
        .add2(
            "rem",
            Cost.OWN,
            (c, a, b) -> remainder(c, Operands.number(a, 1), Operands.number(b, 2)))
        .add1("abs", Cost.OWN, (c, a) -> abs(c, Operands.number(a, 1)))
        .add1("round", Cost.OWN, (c, a) -> round(c, Operands.number(a, 1)))
        .add1("ceil", Cost.OWN, (c, a) -> ceil(c, Operands.number(a, 1)))
        .add1("floor", Cost.OWN, (c, a) -> floor(c, Operands.number(a, 1)));
  }

  static RegoNumber plus(BuiltinContext context, RegoNumber a, RegoNumber b) {
    if (a.isLong() && b.isLong()) {
      long x = a.longValue();
      long y = b.longValue();
      long sum = x + y;
      if (((x ^ sum) & (y ^ sum)) >= 0) {
        return RegoNumber.of(sum);
      }
    }
    pay(context, a, b);
    return a.isInteger() && b.isInteger()
        ? bounded(a.bigIntegerValue().add(b.bigIntegerValue()))
        : GoFloat.add(a, b);
  }

  private static RegoValue minus(BuiltinContext context, RegoValue a, RegoValue b) {
    if (a instanceof RegoNumber x && b instanceof RegoNumber y) {
      return subtract(context, x, y);
    }
    if (a instanceof RegoSet x && b instanceof RegoSet y) {
      return SetBuiltins.difference(context, x, y);
    }
    if (!(a instanceof RegoNumber) && !(a instanceof RegoSet)) {
      throw OperandException.type(1, a, "number", "set");
    }
    throw OperandException.type(2, b, b instanceof RegoNumber ? "set" : "number");
  }

  private static RegoNumber subtract(BuiltinContext context, RegoNumber a, RegoNumber b) {
    if (a.isLong() && b.isLong()) {
      long x = a.longValue();
      long y = b.longValue();
      long difference = x - y;
      if (((x ^ y) & (x ^ difference)) >= 0) {
        return RegoNumber.of(difference);
      }
    }
    pay(context, a, b);
    return a.isInteger() && b.isInteger()
        ? bounded(a.bigIntegerValue().subtract(b.bigIntegerValue()))
        : GoFloat.subtract(a, b);
  }

  static RegoNumber multiply(BuiltinContext context, RegoNumber a, RegoNumber b) {
    if (a.isLong() && b.isLong()) {
      long x = a.longValue();
      long y = b.longValue();
      long product = x * y;
      if (Math.multiplyHigh(x, y) == product >> 63) {
        return RegoNumber.of(product);
      }
    }
    pay(context, a, b);
    return a.isInteger() && b.isInteger()
        ? bounded(a.bigIntegerValue().multiply(b.bigIntegerValue()))
        : GoFloat.multiply(a, b);
  }

  private static RegoNumber divide(BuiltinContext context, RegoNumber a, RegoNumber b) {
    if (b.equals(RegoNumber.of(0))) {
      throw new BuiltinException("divide by zero");
    }
    if (a.isLong() && b.isLong() && b.longValue() != -1 && a.longValue() % b.longValue() == 0) {
      return RegoNumber.of(a.longValue() / b.longValue());
    }
    pay(context, a, b);
    return GoFloat.divide(a, b);
  }

  private static RegoNumber remainder(BuiltinContext context, RegoNumber a, RegoNumber b) {
    pay(context, a, b);
    if (!a.isInteger() || !b.isInteger()) {
      throw new BuiltinException("modulo on floating-point number");
    }
    // OPA looks at the last 64 bits alone, so that it takes multiples of 2^64 for zero, too.
    if (b.bigIntegerValue().longValue() == 0) {
      throw new BuiltinException("modulo by zero");
    }
    return a.isLong() && b.isLong()
        ? RegoNumber.of(a.longValue() % b.longValue())
        : RegoNumber.of(a.bigIntegerValue().remainder(b.bigIntegerValue()));
  }

  private static RegoNumber abs(BuiltinContext context, RegoNumber a) {
    if (a.isLong() && a.longValue() != Long.MIN_VALUE) {
      return RegoNumber.of(Math.abs(a.longValue()));
    }
    pay(context, a, a);
    return GoFloat.number(GoFloat.round(a).abs());
  }

  private static RegoNumber round(BuiltinContext context, RegoNumber a) {
    if (a.isLong()) {
      return RegoNumber.of(a.longValue());
    }
    pay(context, a, a);
    BigDecimal value = GoFloat.round(a);
    BigDecimal moved = value.signum() < 0 ? value.subtract(HALF) : value.add(HALF);
    return RegoNumber.of(GoFloat.round(moved).toBigInteger());
  }

  private static RegoNumber ceil(BuiltinContext context, RegoNumber a) {
    if (a.isLong()) {
      return RegoNumber.of(a.longValue());
    }
    pay(context, a, a);
    BigDecimal value = GoFloat.round(a);
    BigInteger integer = value.toBigInteger();
    boolean exact = value.compareTo(new BigDecimal(integer)) == 0;
    return RegoNumber.of(exact || value.signum() < 0 ? integer : integer.add(BigInteger.ONE));
  }

  private static RegoNumber floor(BuiltinContext context, RegoNumber a) {
    if (a.isLong()) {
      return RegoNumber.of(a.longValue());
    }
    pay(context, a, a);
    BigDecimal value = GoFloat.round(a);
    BigInteger integer = value.toBigInteger();
    boolean exact = value.compareTo(new BigDecimal(integer)) == 0;
    return RegoNumber.of(exact || value.signum() > 0 ? integer : integer.subtract(BigInteger.ONE));
  }

  /** For an operation on numbers of which one is no {@code long}, or whose result is none. */
  private static void pay(BuiltinContext context, RegoNumber a, RegoNumber b) {
    long weight = (long) a.weight() + b.weight();
    context.charge(FLOAT_STEPS + weight);
    context.reserve(weight);
  }

  /** An integer of any size that a policy may sensibly have. */
  static RegoNumber bounded(BigInteger value) {
    if (value.bitLength() > MAX_BITS) {
      throw new LimitException("a number with more than " + MAX_BITS + " bits");
    }
    return RegoNumber.of(value);
  }

  /** For a number of so many bits that is about to be made; see {@link RegoNumber#weight}. */
  static void payBits(Budget context, long bits) {
    long words = bits / Long.SIZE;
    context.charge(words + words * words / 16);
    context.reserve(bits / Byte.SIZE);
  }

  /** Throws if a number of so many bits would be too large. */
  static void requireBits(long bits) {
    if (bits > MAX_BITS) {
      throw new LimitException("a number with more than " + MAX_BITS + " bits");
    }
  }
}
