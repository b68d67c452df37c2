package qoa.engine.evaluate.plan.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** The fast arithmetic agrees, bit by bit, with the one on big decimals. */
class WideFloatTest {
  private static final int ROUNDS = 200_000;

  private final Random random = new Random(42);
  private int fast;

  private RegoNumber anyNumber() {
    return switch (random.nextInt(5)) {
      case 0 -> RegoNumber.of(random.nextInt(2000) - 1000);
      case 1 -> RegoNumber.of(random.nextLong());
      case 2 -> RegoNumber.of(BigDecimal.valueOf(random.nextInt(), random.nextInt(23)));
      case 3 -> RegoNumber.of((random.nextInt(20_000) - 10_000) / 100.0);
      default -> RegoNumber.of(BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), 6));
    };
  }

  private void compare(
      BinaryOperator<WideFloat> operation,
      BinaryOperator<BigDecimal> reference,
      boolean isDivision) {
    for (int i = 0; i < ROUNDS; i++) {
      RegoNumber a = anyNumber();
      RegoNumber b = anyNumber();
      WideFloat x = WideFloat.of(a);
      WideFloat y = WideFloat.of(b);
      if (x == null || y == null || (isDivision && b.equals(RegoNumber.of(0)))) {
        continue;
      }
      fast++;
      assertThat(x.exact()).as("%s", a).isEqualByComparingTo(GoFloat.round(a));
      WideFloat result = operation.apply(x, y);
      BigDecimal exact = reference.apply(GoFloat.round(a), GoFloat.round(b));
      assertThat(result.exact()).as("%s and %s", a, b).isEqualByComparingTo(exact);
      RegoNumber shortest = result.shortest();
      if (shortest != null) {
        assertThat(shortest).as("%s and %s", a, b).isEqualTo(GoFloat.number(exact));
      }
    }
    assertThat(fast).isGreaterThan(ROUNDS / 4);
  }

  @Test
  void plus_agrees() {
    compare(WideFloat::plus, (a, b) -> GoFloat.round(a.add(b)), false);
  }

  @Test
  void minus_agrees() {
    compare((a, b) -> a.plus(b.negated()), (a, b) -> GoFloat.round(a.subtract(b)), false);
  }

  @Test
  void times_agrees() {
    compare(WideFloat::times, (a, b) -> GoFloat.round(a.multiply(b)), false);
  }

  @Test
  void dividedBy_agrees() {
    compare(WideFloat::dividedBy, GoFloat::divide, true);
  }
}
