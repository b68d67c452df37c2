package qoa.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import qoa.rego.value.LimitException;

class PlanRunTest {
  private static final long MUCH = 1L << 40;

  private static PlanRun evaluation(Limits limits) {
    return new PlanRun(EvaluationOptions.at(0).withLimits(limits), new MadeOnce(), 0, null);
  }

  @Test
  void charge_doesNotLookAtTheClock_whenTheProcessStandsStill() throws InterruptedException {
    PlanRun evaluation = evaluation(new Limits(MUCH, MUCH, Duration.ofMillis(100)));
    evaluation.charge(10_000);
    for (int i = 0; i < 3; i++) {
      Thread.sleep(150);
      evaluation.charge(10_000);
    }
    assertThat(evaluation.stepsLeft()).isEqualTo(MUCH - 40_000);
  }

  @Test
  void charge_endsWorkThatCostsMoreThanItsSteps() {
    PlanRun evaluation = evaluation(new Limits(MUCH, MUCH, Duration.ofMillis(50)));
    assertThatThrownBy(
            () -> {
              for (double x = 0; x < 1e9; x += Math.abs(Math.sin(x))) {
                for (int i = 0; i < 1_000; i++) {
                  x += Math.cos(x);
                }
                evaluation.charge(5_000);
              }
            })
        .isInstanceOf(LimitException.class)
        .hasMessageContaining("50 ms of processor time");
  }

  @Test
  void budget_staysUsedUp() {
    PlanRun steps = evaluation(new Limits(10_000, MUCH, Duration.ofMinutes(1)));
    PlanRun memory = evaluation(new Limits(MUCH, 10_000, Duration.ofMinutes(1)));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> steps.charge(10_001)).hasMessageContaining("10000 steps");
      assertThatThrownBy(() -> memory.reserve(10_001)).hasMessageContaining("10000 bytes");
    }
    assertThatThrownBy(() -> steps.charge(1)).isInstanceOf(LimitException.class);
    assertThatThrownBy(() -> memory.elements(1)).isInstanceOf(LimitException.class);
    assertThatThrownBy(() -> memory.text(1)).isInstanceOf(LimitException.class);
  }
}
