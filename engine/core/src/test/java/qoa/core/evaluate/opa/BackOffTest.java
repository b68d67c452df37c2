package qoa.core.evaluate.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import qoa.core.evaluate.EvaluatorUnavailableException;

class BackOffTest {

  private long millis = 1;
  private final BackOff backOff = new BackOff(() -> TimeUnit.MILLISECONDS.toNanos(millis));

  @Test
  void asksAtOnceAfterOneFailure_thenMoreSeldomWithEach() throws Exception {
    backOff.check();
    for (long pause : new long[] {0, 500, 1_000, 2_000, 4_000, 5_000, 5_000}) {
      backOff.failed(new EvaluatorUnavailableException("away", null));
      if (pause > 0) {
        millis += pause - 1;
        assertThatThrownBy(backOff::check)
            .isInstanceOf(EvaluatorUnavailableException.class)
            .hasMessage("away");
        millis++;
      }
      backOff.check();
      assertThat(backOff.isFailing()).isTrue();
    }
  }

  @Test
  void forgetsFailures_onceItWorked() {
    for (int i = 0; i < 5; i++) {
      backOff.failed(new EvaluatorUnavailableException("away", null));
    }
    backOff.worked();
    assertThat(backOff.isFailing()).isFalse();
    assertThatCode(backOff::check).doesNotThrowAnyException();
    backOff.failed(new EvaluatorUnavailableException("away again", null));
    assertThatCode(backOff::check).doesNotThrowAnyException();
  }
}
