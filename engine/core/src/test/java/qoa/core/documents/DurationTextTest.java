package qoa.core.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "0s, 0, 0s",
    "500ms, 500, 500ms",
    "10s, 10000, 10s",
    "90s, 90000, 90s",
    "60s, 60000, 1m",
    "1h, 3600000, 1h",
    "24h, 86400000, 1d",
    "0d, 0, 0s"
  })
  void readsAndWrites(String text, long millis, String shortest) {
    assertThat(DurationText.parse(text).toMillis()).isEqualTo(millis);
    assertThat(DurationText.format(DurationText.parse(text))).isEqualTo(shortest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10", "s", "-1s", "1.5s", "10 s", "1S", "1m30s", "999999999999999999d"})
  void refuses_whatHasAnotherForm(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10s");
  }
}
