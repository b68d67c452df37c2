package qoa.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import qoa.engine.model.Source;

class WatermarkTest {

  private static final Source A = new Source("reports", 0);
  private static final Source B = new Source("reports", 1);

  private final Watermark watermark = new Watermark(10_000);

  @Test
  void isTheLatestEventTime_ofOneSource() {
    watermark.observe(A, 5_000, 0);
    watermark.observe(A, 4_000, 1);
    assertThat(watermark.value()).isEqualTo(5_000);
  }

  @Test
  void isTheSmallest_overSources() {
    watermark.observe(A, 1_000, 0);
    watermark.observe(B, 2_000, 0);
    watermark.observe(A, 9_000, 0);
    assertThat(watermark.value()).isEqualTo(2_000);
  }

  @Test
  void neverGoesBack_whenASourceComesLate() {
    watermark.observe(A, 9_000, 0);
    watermark.observe(B, 2_000, 0);
    assertThat(watermark.value()).isEqualTo(9_000);
  }

  @Test
  void leavesAnIdleSourceOut() {
    watermark.observe(A, 1_000, 0);
    watermark.observe(B, 1_000, 0);
    watermark.observe(A, 20_000, 9_999);
    assertThat(watermark.value()).isEqualTo(1_000);
    watermark.advance(10_000);
    assertThat(watermark.value()).isEqualTo(20_000);
  }

  @Test
  void followsTheClock_whenAllAreIdle() {
    watermark.observe(A, 1_000, 500);
    watermark.advance(10_499);
    assertThat(watermark.value()).isEqualTo(1_000);
    watermark.advance(10_500);
    assertThat(watermark.value()).isEqualTo(11_000);
    watermark.advance(10_700);
    assertThat(watermark.value()).isEqualTo(11_200);
  }
}
