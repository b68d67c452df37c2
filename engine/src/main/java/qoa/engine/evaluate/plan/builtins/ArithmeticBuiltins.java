package qoa.engine.evaluate.plan.builtins;

import java.math.BigDecimal;
import java.math.BigInteger;
import qoa.engine.evaluate.plan.value.GoFloat;
import qoa.engine.evaluate.plan.value.LimitException;
import qoa.engine.evaluate.plan.value.RegoNumber;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoValue;

/** Arithmetic: exact on integers of any size, else with OPA's 64-bit significands. */
final class ArithmeticBuiltins {
  /** No policy needs more, and a few multiplications of larger ones take for ever. */
  private static final int MAX_BITS = 1 << 18;

  private static final BigDecimal HALF = new BigDecimal("0.5");

  private ArithmeticBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("plus", (c, a, b) -> plus(Operands.number(a, 1), Operands.number(b, 2)))
        .add2("minus", (c, a, b) -> minus(a, b))
        .add2("mul", (c, a, b) -> multiply(Operands.number(a, 1), Operands.number(b, 2)))
        .add2("div", (c, a, b) -> divide(Operands.number(a, 1), Operands.number(b, 2)))
        .add2("rem", (c, a, b) -> remainder(Operands.number(a, 1), Operands.number(b, 2)))
        .add1("abs", (c, a) -> abs(Operands.number(a, 1)))
        .add1("round", (c, a) -> round(Operands.number(a, 1)))
        .add1("ceil", (c, a) -> ceil(Operands.number(a, 1)))
        .add1("floor", (c, a) -> floor(Operands.number(a, 1)));
  }

  static RegoNumber plus(RegoNumber a, RegoNumber b) {
    if (a.isLong() && b.isLong()) {
      long x = a.longValue();
      long y = b.longValue();
      long sum = x + y;
      if (((x ^ sum) & (y ^ sum)) >= 0) {
        return RegoNumber.of(sum);
      }
    }
    return a.isInteger() && b.isInteger()
        ? bounded(a.bigIntegerValue().add(b.bigIntegerValue()))
        : GoFloat.add(a, b);
  }

  private static RegoValue minus(RegoValue a, RegoValue b) {
    if (a instanceof RegoNumber x && b instanceof RegoNumber y) {
      return subtract(x, y);
    }
    if (a instanceof RegoSet x && b instanceof RegoSet y) {
      return SetBuiltins.difference(x, y);
    }
    if (!(a instanceof RegoNumber) && !(a instanceof RegoSet)) {
      throw OperandException.type(1, a, "number", "set");
    }
    throw OperandException.type(2, b, b instanceof RegoNumber ? "set" : "number");
  }

  private static RegoNumber subtract(RegoNumber a, RegoNumber b) {
    if (a.isLong() && b.isLong()) {
      long x = a.longValue();
      long y = b.longValue();
      long difference = x - y;
      if (((x ^ y) & (x ^ difference)) >= 0) {
        return RegoNumber.of(difference);
      }
    }
    return a.isInteger() && b.isInteger()
        ? bounded(a.bigIntegerValue().subtract(b.bigIntegerValue()))
        : GoFloat.subtract(a, b);
  }

  static RegoNumber multiply(RegoNumber a, RegoNumber b) {
    if (a.isLong() && b.isLong()) {
      long x = a.longValue();
      long y = b.longValue();
      long product = x * y;
      if (Math.multiplyHigh(x, y) == product >> 63) {
        return RegoNumber.of(product);
      }
    }
    return a.isInteger() && b.isInteger()
        ? bounded(a.bigIntegerValue().multiply(b.bigIntegerValue()))
        : GoFloat.multiply(a, b);
  }

  private static RegoNumber divide(RegoNumber a, RegoNumber b) {
    if (b.equals(RegoNumber.of(0))) {
      throw new BuiltinException("divide by zero");
    }
    if (a.isLong() && b.isLong() && b.longValue() != -1 && a.longValue() % b.longValue() == 0) {
      return RegoNumber.of(a.longValue() / b.longValue());
    }
    return GoFloat.divide(a, b);
  }

  private static RegoNumber remainder(RegoNumber a, RegoNumber b) {
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

  private static RegoNumber abs(RegoNumber a) {
    return a.isLong() && a.longValue() != Long.MIN_VALUE
        ? RegoNumber.of(Math.abs(a.longValue()))
        : GoFloat.number(GoFloat.round(a).abs());
  }

  private static RegoNumber round(RegoNumber a) {
    if (a.isLong()) {
      return RegoNumber.of(a.longValue());
    }
    BigDecimal value = GoFloat.round(a);
    BigDecimal moved = value.signum() < 0 ? value.subtract(HALF) : value.add(HALF);
    return RegoNumber.of(GoFloat.round(moved).toBigInteger());
  }

  private static RegoNumber ceil(RegoNumber a) {
    if (a.isLong()) {
      return RegoNumber.of(a.longValue());
    }
    BigDecimal value = GoFloat.round(a);
    BigInteger integer = value.toBigInteger();
    boolean exact = value.compareTo(new BigDecimal(integer)) == 0;
    return RegoNumber.of(exact || value.signum() < 0 ? integer : integer.add(BigInteger.ONE));
  }

  private static RegoNumber floor(RegoNumber a) {
    if (a.isLong()) {
      return RegoNumber.of(a.longValue());
    }
    BigDecimal value = GoFloat.round(a);
    BigInteger integer = value.toBigInteger();
    boolean exact = value.compareTo(new BigDecimal(integer)) == 0;
    return RegoNumber.of(exact || value.signum() > 0 ? integer : integer.subtract(BigInteger.ONE));
  }

  /** An integer of any size that a policy may sensibly have. */
  static RegoNumber bounded(BigInteger value) {
    if (value.bitLength() > MAX_BITS) {
      throw new LimitException("a number with more than " + MAX_BITS + " bits");
    }
    return RegoNumber.of(value);
  }

  /** Throws if a number of so many bits would be too large. */
  static void requireBits(long bits) {
    if (bits > MAX_BITS) {
      throw new LimitException("a number with more than " + MAX_BITS + " bits");
    }
  }
}
