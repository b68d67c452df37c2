package qoa.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999Z",
        "2024-02-29T12:34:56.007Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z",
        "-0001-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00Z"
      })
  void text_isWhatAnInstantSays(String text) {
    assertThat(UtcTime.text(Instant.parse(text).toEpochMilli())).isEqualTo(text);
  }

  @Test
  void text_isWhatAnInstantSays_ofAnyTime() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long millis = random.nextLong() >> random.nextInt(40);
      assertThat(UtcTime.text(millis))
          .as("seed %d", seed)
          .isEqualTo(Instant.ofEpochMilli(millis).toString());
    }
  }
}
