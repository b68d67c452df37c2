package qoa.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalTest {

  private static final int DRAWS = Integer.getInteger("draws", 300_000);

  private final long seed = Long.getLong("seed", System.nanoTime());

  @Test
  void givesTheNearestDouble_orNone() {
    Random random = random();
    int none = 0;
    for (int i = 0; i < DRAWS; i++) {
      long significand = random.nextLong() >>> random.nextInt(64);
      int power = random.nextInt(601) - 300;
      none += agrees(significand, power) ? 0 : 1;
    }
    assertThat(none).isLessThan(DRAWS / 5); // powers beyond the table are 7 % of the draws
  }

  /** Numbers half-way between two doubles and next to that, where rounding is difficult. */
  @Test
  void givesTheNearestDouble_besideTies() {
    Random random = random();
    for (int i = 0; i < DRAWS; i++) {
      long tie = (1L << 53 | random.nextLong() >>> 11) << 1 | 1;
      for (int power = 0; power < 4; power++) {
        long scaled = tie >>> power << power;
        agrees(scaled + random.nextInt(3) - 1, random.nextInt(9) - 4);
      }
    }
  }

  @Test
  void givesEveryDouble_fromItsShortestText() {
    Random random = random();
    int none = 0;
    for (int i = 0; i < DRAWS; i++) {
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
      BigDecimal text = new BigDecimal(Double.toString(Math.abs(value)));
      none += agrees(text.unscaledValue().longValueExact(), -text.scale()) ? 0 : 1;
    }
    assertThat(none).isLessThan(DRAWS / 50);
  }

  private static boolean agrees(long significand, int power) {
    double value = Decimal.toDouble(significand, power);
    if (Double.isNaN(value)) {
      return false;
    }
    String text = Long.toUnsignedString(significand) + "e" + power;
    assertThat(value).as(text).isEqualTo(Double.parseDouble(text));
    return true;
  }

  private Random random() {
    System.out.println("DecimalTest: -Dseed=" + seed);
    return new Random(seed);
  }
}
