package qoa.core.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.model.MetricSummary;
import qoa.core.model.Observation;
import qoa.core.model.Position;

class AggregateTest {

  private final long seed = Long.getLong("seed", System.nanoTime());

  @Test
  void aggregatesNumbers() {
    MetricSummary summary = of(number(4), number(1), number(2.5)).summary();
    assertThat(summary.count()).isEqualTo(3);
    assertThat(summary.sum()).isEqualTo(7.5);
    assertThat(summary.min()).isEqualTo(1);
    assertThat(summary.max()).isEqualTo(4);
    assertThat(summary.mean()).isEqualTo(2.5);
    assertThat(summary.p50()).isEqualTo(2.5);
    assertThat(summary.product()).isEqualTo(10);
    assertThat(summary.last()).isEqualTo(2.5);
    assertThat(summary.and()).isNull();
    assertThat(summary.or()).isNull();
    assertThat(summary.evidence())
        .isEqualTo(new MetricSummary.Evidence(at(0), at(2), at(1), at(0)));
  }

  @Test
  void aggregatesBooleans() {
    MetricSummary summary = of(flag(true), flag(false)).summary();
    assertThat(summary.and()).isFalse();
    assertThat(summary.or()).isTrue();
    assertThat(summary.count()).isEqualTo(2);
    assertThat(summary.sum()).isNull();
    assertThat(summary.min()).isNull();
    assertThat(summary.evidence().lowest()).isEqualTo(at(1));
  }

  @Test
  void hasNoProduct_whenNoDoubleHoldsIt() {
    Aggregate aggregate = new Aggregate(new Room());
    for (int i = 0; i < 1_000; i++) {
      aggregate.add(number(0.01), i, at(i));
    }
    assertThat(aggregate.summary().product()).isNull();
    aggregate.add(number(0), 1_000, at(1_000));
    assertThat(aggregate.summary().product()).isZero();
  }

  /** In one order these leave the doubles on the way, in the other they do not. */
  @ParameterizedTest
  @CsvSource({
    "1e308 10 0.1, 1e308",
    "1e200 1e200 1e-200, 1e200",
    "1e-200 1e-200 1e200, 1e-200",
    "5.39e307 4 0.25 3, 1.617e308",
    "5.39e307 4 0.25 4,",
    "1.7976931348623157e308 2 0.5 1, 1.7976931348623157e308",
    "4.9e-324 0.5 2 1, 4.9e-324",
    "4.9e-324 4.9e-324 1e308 1e308 1e308, 2.4e277",
    "4.9e-324 0.5 0.5 1,",
    "1e308 1e308 0 1e308, 0",
    "1e-308 1e-308 0 -1e308, 0"
  })
  void givesTheProduct_inAnyOrderOfFactorsThatOverflow(String factors, Double product) {
    inAnyOrder(factors)
        .forEach(
            summary -> {
              if (product == null) {
                assertThat(summary.product()).isNull();
              } else {
                assertThat(summary.product()).isCloseTo(product, withinPercentage(2));
              }
            });
    assertThat(inAnyOrder(factors).stream().map(MetricSummary::product).distinct()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1e308 1e308 -1e308, 1e308, 3.3333333333333333e307",
    "1.7e308 1.7e308, , 1.7e308",
    "-1.7e308 -1.7e308 1 2, , -0.85e308",
    "1e308 1e308 -1e308 -1e308, 0, 0"
  })
  void givesTheSum_inAnyOrderOfNumbersThatOverflow(String numbers, Double sum, double mean) {
    for (MetricSummary summary : inAnyOrder(numbers)) {
      assertThat(summary.sum()).isEqualTo(sum);
      assertThat(summary.mean()).isCloseTo(mean, withinPercentage(1e-10));
    }
  }

  @Test
  void joinsUnits_whenTheyDiffer() {
    Observation seconds = new Observation("s", "i", "m", "s", 1, false);
    Observation millis = new Observation("s", "i", "m", "ms", 1, false);
    assertThat(of(number(1), seconds).summary().unit()).isEqualTo("s");
    assertThat(of(seconds, millis, seconds).summary().unit()).isEqualTo("ms|s");
  }

  @Test
  void keepsPercentilesWithinTheStatedError_forAnyValues() {
    Random random = random();
    for (int round = 0; round < 50; round++) {
      int size = 1 + random.nextInt(round % 10 == 0 ? 10_000 : 1_000);
      List<Double> values = new ArrayList<>();
      Aggregate aggregate = new Aggregate(new Room());
      for (int i = 0; i < size; i++) {
        double value = Math.exp(random.nextGaussian() * 3) * (random.nextInt(10) == 0 ? -1 : 1);
        values.add(value);
        aggregate.add(number(value), i, at(i));
      }
      Collections.sort(values);
      MetricSummary summary = aggregate.summary();
      assertClose(summary.p50(), nearestRank(values, 50));
      assertClose(summary.p95(), nearestRank(values, 95));
      assertClose(summary.p99(), nearestRank(values, 99));
    }
  }

  /** "99 % of requests take at most b" is the same promise as "P99 is at most b". */
  @Test
  void percentileIsAtMostABound_whenThatShareOfTheNumbersIs() {
    for (int size = 1; size <= 200; size++) {
      for (int slow = 0; slow <= size; slow++) {
        Aggregate aggregate = new Aggregate(new Room());
        for (int i = 0; i < size; i++) {
          aggregate.add(number(i < slow ? 10 : 0.1), i, at(i));
        }
        MetricSummary summary = aggregate.summary();
        int fast = size - slow;
        assertThat(summary.p50() <= 0.2).as("%d of %d", slow, size).isEqualTo(fast * 2 >= size);
        assertThat(summary.p95() <= 0.2)
            .as("%d of %d", slow, size)
            .isEqualTo(fast * 20 >= size * 19);
        assertThat(summary.p99() <= 0.2)
            .as("%d of %d", slow, size)
            .isEqualTo(fast * 100 >= size * 99);
      }
    }
  }

  private static double nearestRank(List<Double> sorted, int percent) {
    BigDecimal share = BigDecimal.valueOf(percent, 2).multiply(BigDecimal.valueOf(sorted.size()));
    return sorted.get(share.setScale(0, RoundingMode.CEILING).intValueExact() - 1);
  }

  @Test
  void givesTheSameSummary_inAnyOrderAndAnySplit() {
    Random random = random();
    for (int round = 0; round < Integer.getInteger("rounds", 50); round++) {
      List<Integer> order = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      int size = 1 + random.nextInt(200);
      for (int i = 0; i < size; i++) {
        order.add(i);
        values.add(random.nextGaussian() * Math.pow(10, random.nextInt(6)));
      }
      MetricSummary straight = ordered(order, values).summary();
      Collections.shuffle(order, random);
      assertThat(ordered(order, values).summary()).isEqualTo(straight);
      Aggregate left = ordered(order.subList(0, size / 3), values);
      left.merge(ordered(order.subList(size / 3, size), values));
      assertThat(left.summary()).isEqualTo(straight);
    }
  }

  /** Forwards, backwards, and each turn of that, straight and in two parts that are merged. */
  private static List<MetricSummary> inAnyOrder(String numbers) {
    List<Double> values = Stream.of(numbers.split(" ")).map(Double::valueOf).toList();
    List<MetricSummary> summaries = new ArrayList<>();
    List<Integer> order = new ArrayList<>(IntStream.range(0, values.size()).boxed().toList());
    for (int turn = 0; turn < 2 * values.size(); turn++) {
      summaries.add(ordered(order, values).summary());
      for (int split = 1; split < values.size(); split++) {
        Aggregate left = ordered(order.subList(0, split), values);
        left.merge(ordered(order.subList(split, values.size()), values));
        summaries.add(left.summary());
      }
      Collections.rotate(order, 1);
      if (turn == values.size()) {
        Collections.reverse(order);
      }
    }
    return summaries;
  }

  private Random random() {
    System.out.println("AggregateTest: -Dseed=" + seed);
    return new Random(seed);
  }

  private static void assertClose(double actual, double exact) {
    assertThat(actual)
        .isCloseTo(exact, within(Math.abs(exact) * Aggregate.RELATIVE_ERROR * 1.0001));
  }

  private static Aggregate ordered(List<Integer> order, List<Double> values) {
    Aggregate aggregate = new Aggregate(new Room());
    for (int i : order) {
      aggregate.add(number(values.get(i)), i / 2, at(i));
    }
    return aggregate;
  }

  private static Aggregate of(Observation... observations) {
    Aggregate aggregate = new Aggregate(new Room());
    for (int i = 0; i < observations.length; i++) {
      aggregate.add(observations[i], i, at(i));
    }
    return aggregate;
  }

  private static Observation number(double value) {
    return new Observation("s", "i", "m", null, value, false);
  }

  private static Observation flag(boolean value) {
    return new Observation("s", "i", "m", null, value ? 1 : 0, true);
  }

  private static Position at(long offset) {
    return new Position("reports", 0, offset);
  }
}
