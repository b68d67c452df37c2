package qoa.core.evaluate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PenaltiesTest {

  private final Penalties penalties = new Penalties();

  @Test
  void isServedBy_isForTwiceAsManyEvaluationsEachTime_upToABound() {
    int expected = 2;
    for (int failure = 1; failure <= 12; failure++) {
      penalties.add("a", "app");
      assertThat(served("a", "app")).as("after failure %d", failure).isEqualTo(expected);
      expected = Math.min(Penalties.MOST, 2 * expected);
    }
  }

  @Test
  void isServedBy_beginsAnew_afterAnEvaluationWithinItsLimits() {
    penalties.add("a", "app");
    penalties.add("a", "app");
    assertThat(served("a", "app")).isEqualTo(4);

    penalties.end("a", "app");
    assertThat(served("a", "app")).isZero();
    penalties.add("a", "app");
    assertThat(served("a", "app")).isEqualTo(2);
  }

  @Test
  void isServedBy_isNotForOtherContracts_norForOtherApplications() {
    penalties.add("a", "app");

    assertThat(served("b", "app")).isZero();
    assertThat(served("a", "other")).isZero();
    assertThat(served("a", "app")).isEqualTo(2);
  }

  @Test
  void add_keepsNoMoreThanSoManyApplications() {
    for (int i = 0; i < 30_000; i++) {
      penalties.add("a", "app-" + i);
    }
    assertThat(penalties.size()).isLessThanOrEqualTo(10_001);
    assertThat(served("a", "another")).as("it shares its contract's").isPositive();
  }

  private int served(String contract, String application) {
    int served = 0;
    while (penalties.isServedBy(contract, application)) {
      served++;
    }
    return served;
  }
}
