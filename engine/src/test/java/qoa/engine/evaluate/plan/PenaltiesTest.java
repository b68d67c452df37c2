package qoa.engine.evaluate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PenaltiesTest {

  private static final long NOW = -30;

  private final Penalties penalties = new Penalties();

  @Test
  void isServedBy_isForTenTimesWhatTheEvaluationTook() {
    penalties.add("a", NOW, NOW + 7);

    assertThat(penalties.isServedBy("a", NOW + 7)).isTrue();
    assertThat(penalties.isServedBy("a", NOW + 7 + 69)).isTrue();
    assertThat(penalties.isServedBy("a", NOW + 7 + 70)).isFalse();
    assertThat(penalties.isServedBy("a", NOW + 7)).as("it is over").isFalse();
  }

  @Test
  void isServedBy_isNotForOtherContracts() {
    penalties.add("a", NOW, NOW + 7);

    assertThat(penalties.isServedBy("b", NOW + 8)).isFalse();
  }
}
