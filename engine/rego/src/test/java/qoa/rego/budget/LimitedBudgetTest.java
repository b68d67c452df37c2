package qoa.rego.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitedBudgetTest {
  private static final long MUCH = 1L << 40;

  @Test
  void charge_doesNotLookAtTheClock_whenTheProcessStandsStill() throws InterruptedException {
    LimitedBudget budget = new LimitedBudget(new Limits(MUCH, MUCH, Duration.ofMillis(100)));
    budget.charge(10_000);
    for (int i = 0; i < 3; i++) {
      Thread.sleep(150);
      budget.charge(10_000);
    }
    assertThat(budget.stepsLeft()).isEqualTo(MUCH - 40_000);
  }

  @Test
  void charge_endsWorkThatCostsMoreThanItsSteps() {
    LimitedBudget budget = new LimitedBudget(new Limits(MUCH, MUCH, Duration.ofMillis(50)));
    assertThatThrownBy(
            () -> {
              for (double x = 0; x < 1e9; x += Math.abs(Math.sin(x))) {
                for (int i = 0; i < 1_000; i++) {
                  x += Math.cos(x);
                }
                budget.charge(5_000);
              }
            })
        .isInstanceOf(LimitException.class)
        .hasMessageContaining("50 ms of processor time");
  }

  @Test
  void budget_staysUsedUp() {
    LimitedBudget steps = new LimitedBudget(new Limits(10_000, MUCH, Duration.ofMinutes(1)));
    LimitedBudget memory = new LimitedBudget(new Limits(MUCH, 10_000, Duration.ofMinutes(1)));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> steps.charge(10_001)).hasMessageContaining("10000 steps");
      assertThatThrownBy(() -> memory.reserve(10_001)).hasMessageContaining("10000 bytes");
    }
    assertThatThrownBy(() -> steps.charge(1)).isInstanceOf(LimitException.class);
    assertThatThrownBy(() -> memory.elements(1)).isInstanceOf(LimitException.class);
    assertThatThrownBy(() -> memory.text(1)).isInstanceOf(LimitException.class);
  }
}
