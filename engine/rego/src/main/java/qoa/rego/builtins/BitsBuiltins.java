package qoa.rego.builtins;

import java.math.BigInteger;
import java.util.function.BinaryOperator;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoValue;

/** {@code bits.*}: integers of any size, in two's complement. */
final class BitsBuiltins {
  private BitsBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("bits.and", Cost.OWN, of(BigInteger::and))
        .add2("bits.or", Cost.OWN, of(BigInteger::or))
        .add2("bits.xor", Cost.OWN, of(BigInteger::xor))
        .add1("bits.negate", Cost.OWN, (c, a) -> RegoNumber.of(integer(c, a, 1).not()))
        .add2("bits.lsh", Cost.OWN, (c, a, b) -> shiftLeft(c, integer(c, a, 1), distance(c, b)))
        .add2("bits.rsh", Cost.OWN, (c, a, b) -> shiftRight(integer(c, a, 1), distance(c, b)));
  }

  private static Builtin.Of2 of(BinaryOperator<BigInteger> operation) {
    return (c, a, b) -> RegoNumber.of(operation.apply(integer(c, a, 1), integer(c, b, 2)));
  }

  /** An argument, paid for with the result, which is as large. */
  private static BigInteger integer(BuiltinContext context, RegoValue value, int position) {
    if (value instanceof RegoNumber number && !number.isLong()) {
      context.charge(2L * number.weight());
      context.reserve(number.weight());
    }
    return Operands.bigInteger(value, position);
  }

  private static BigInteger distance(BuiltinContext context, RegoValue value) {
    BigInteger distance = integer(context, value, 2);
    if (distance.signum() < 0) {
      throw new OperandException(
          2, "must be an unsigned integer number but got a negative integer");
    }
    return distance;
  }

  private static RegoNumber shiftLeft(
      BuiltinContext context, BigInteger value, BigInteger distance) {
    int bits = distance.bitLength() < Integer.SIZE ? distance.intValue() : Integer.MAX_VALUE;
    ArithmeticBuiltins.requireBits(value.signum() == 0 ? 0 : (long) value.bitLength() + bits);
    if (value.signum() == 0) {
      return RegoNumber.of(0);
    }
    ArithmeticBuiltins.payBits(context, (long) value.bitLength() + bits);
    return RegoNumber.of(value.shiftLeft(bits));
  }

  private static RegoNumber shiftRight(BigInteger value, BigInteger distance) {
    int bits = distance.bitLength() < Integer.SIZE ? distance.intValue() : Integer.MAX_VALUE;
    return RegoNumber.of(value.shiftRight(bits));
  }
}
