package qoa.rego.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** The arithmetic on longs agrees, bit by bit, with a plain one on big decimals. */
class WideFloatIT {
  private static final int ROUNDS = 50_000;

  private final Random random = new Random(42);

  /** By the definition: the integer nearest to the value, scaled to 64 bits. */
  private static BigDecimal round(BigDecimal value) {
    return divide(value, BigDecimal.ONE);
  }

  private static BigDecimal divide(BigDecimal a, BigDecimal b) {
    if (a.signum() == 0) {
      return BigDecimal.ZERO;
    }
    int scale = Math.max(0, Math.max(a.scale(), b.scale()));
    BigInteger n = a.setScale(scale).unscaledValue().abs();
    BigInteger d = b.setScale(scale).unscaledValue().abs();
    int exponent = n.bitLength() - d.bitLength() - 64;
    while (floor(n, d, exponent).bitLength() > 64) {
      exponent++;
    }
    BigInteger twice = floor(n, d, exponent - 1);
    BigInteger low = floor(n, d, exponent);
    boolean exactlyHalf = isExact(n, d, exponent - 1);
    boolean up = twice.testBit(0) && (!exactlyHalf || low.testBit(0));
    BigDecimal rounded = new BigDecimal(up ? low.add(BigInteger.ONE) : low);
    BigDecimal power = BigDecimal.valueOf(2).pow(Math.abs(exponent));
    BigDecimal magnitude = exponent < 0 ? rounded.divide(power) : rounded.multiply(power);
    return a.signum() * b.signum() < 0 ? magnitude.negate() : magnitude;
  }

  private static BigInteger floor(BigInteger n, BigInteger d, int exponent) {
    return n.shiftLeft(Math.max(0, -exponent)).divide(d.shiftLeft(Math.max(0, exponent)));
  }

  private static boolean isExact(BigInteger n, BigInteger d, int exponent) {
    return n.shiftLeft(Math.max(0, -exponent))
            .remainder(d.shiftLeft(Math.max(0, exponent)))
            .signum()
        == 0;
  }

  private static BigDecimal shortest(BigDecimal value) {
    for (int digits = 1; ; digits++) {
      BigDecimal candidate = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (round(candidate).compareTo(value) == 0) {
        return candidate;
      }
    }
  }

  private RegoNumber anyNumber() {
    return switch (random.nextInt(6)) {
      case 0 -> RegoNumber.of(random.nextInt(2000) - 1000);
      case 1 -> RegoNumber.of(random.nextLong());
      case 2 -> RegoNumber.of(BigDecimal.valueOf(random.nextInt(), random.nextInt(23)));
      case 4 -> RegoNumber.of(new BigDecimal(random.nextDouble()));
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
      if (isDivision && b.equals(RegoNumber.of(0))) {
        continue;
      }
      BigDecimal p = round(a.decimalValue());
      BigDecimal q = round(b.decimalValue());
      assertThat(x.exact()).as("%s", a).isEqualByComparingTo(p);
      WideFloat result = operation.apply(x, y);
      BigDecimal exact = reference.apply(p, q);
      assertThat(result.exact()).as("%s and %s", a, b).isEqualByComparingTo(exact);
      assertThat(result.shortest().decimalValue())
          .as("%s and %s", a, b)
          .isEqualByComparingTo(shortest(exact));
    }
  }

  @Test
  void plus_agrees() {
    compare(WideFloat::plus, (a, b) -> round(a.add(b)), false);
  }

  @Test
  void minus_agrees() {
    compare((a, b) -> a.plus(b.negated()), (a, b) -> round(a.subtract(b)), false);
  }

  @Test
  void times_agrees() {
    compare(WideFloat::times, (a, b) -> round(a.multiply(b)), false);
  }

  @Test
  void dividedBy_agrees() {
    compare(WideFloat::dividedBy, WideFloatIT::divide, true);
  }
}
