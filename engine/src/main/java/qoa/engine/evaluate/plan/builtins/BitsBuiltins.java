package qoa.engine.evaluate.plan.builtins;

import java.math.BigInteger;
import java.util.function.BinaryOperator;
import qoa.engine.evaluate.plan.value.RegoNumber;
import qoa.engine.evaluate.plan.value.RegoValue;

/** {@code bits.*}: integers of any size, in two's complement. */
final class BitsBuiltins {
  private BitsBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("bits.and", of(BigInteger::and))
        .add2("bits.or", of(BigInteger::or))
        .add2("bits.xor", of(BigInteger::xor))
        .add1("bits.negate", (c, a) -> RegoNumber.of(Operands.bigInteger(a, 1).not()))
        .add2("bits.lsh", (c, a, b) -> shiftLeft(Operands.bigInteger(a, 1), distance(b)))
        .add2("bits.rsh", (c, a, b) -> shiftRight(Operands.bigInteger(a, 1), distance(b)));
  }

  private static Builtin.Of2 of(BinaryOperator<BigInteger> operation) {
    return (c, a, b) ->
        RegoNumber.of(operation.apply(Operands.bigInteger(a, 1), Operands.bigInteger(b, 2)));
  }

  private static BigInteger distance(RegoValue value) {
    BigInteger distance = Operands.bigInteger(value, 2);
    if (distance.signum() < 0) {
      throw new OperandException(
          2, "must be an unsigned integer number but got a negative integer");
    }
    return distance;
  }

  private static RegoNumber shiftLeft(BigInteger value, BigInteger distance) {
    int bits = distance.bitLength() < Integer.SIZE ? distance.intValue() : Integer.MAX_VALUE;
    ArithmeticBuiltins.requireBits(value.signum() == 0 ? 0 : (long) value.bitLength() + bits);
    return RegoNumber.of(value.signum() == 0 ? value : value.shiftLeft(bits));
  }

  private static RegoNumber shiftRight(BigInteger value, BigInteger distance) {
    int bits = distance.bitLength() < Integer.SIZE ? distance.intValue() : Integer.MAX_VALUE;
    return RegoNumber.of(value.shiftRight(bits));
  }
}
