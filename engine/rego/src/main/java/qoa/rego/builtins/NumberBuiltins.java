package qoa.rego.builtins;

import java.math.BigInteger;
import qoa.rego.value.Accumulators;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoValue;

/** {@code numbers.*} and {@code rand.*}. */
final class NumberBuiltins {
  private NumberBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("numbers.range", Cost.OWN, (c, a, b) -> range(c, a, b, BigInteger.ONE))
        .add3("numbers.range_step", Cost.OWN, (c, a, b, step) -> range(c, a, b, step(c, step)))
        .add2("rand.intn", Cost.OWN, NumberBuiltins::random);
  }

  private static BigInteger step(BuiltinContext context, RegoValue value) {
    context.charge(value.weight());
    BigInteger step = Operands.bigInteger(value, 3);
    if (step.signum() <= 0) {
      throw new BuiltinException("step must be a positive integer");
    }
    return step;
  }

  /** From {@code a} to {@code b}, both included, upwards or downwards. */
  private static RegoValue range(
      BuiltinContext context, RegoValue a, RegoValue b, BigInteger step) {
    context.charge((long) a.weight() + b.weight());
    long weight = Math.max(a.weight(), b.weight());
    BigInteger from = Operands.bigInteger(a, 1);
    BigInteger to = Operands.bigInteger(b, 2);
    boolean down = from.compareTo(to) > 0;
    RegoArray numbers = Accumulators.array(8);
    for (BigInteger i = from;
        down ? i.compareTo(to) >= 0 : i.compareTo(to) <= 0;
        i = down ? i.subtract(step) : i.add(step)) {
      context.elements(weight);
      Accumulators.append(numbers, RegoNumber.of(i));
    }
    return numbers;
  }

  /** The same name and bound give the same number during one evaluation. */
  private static RegoValue random(BuiltinContext context, RegoValue name, RegoValue bound) {
    String key = Operands.string(name, 1);
    context.text(key.length());
    long n = Operands.integer(bound, 2);
    if (n == 0) {
      return RegoNumber.of(0);
    }
    long positive = n == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(n);
    return context.remembered(
        "rand.intn:" + positive + ":" + key,
        k -> RegoNumber.of(Math.floorMod(context.random().nextLong(), positive)));
  }
}
