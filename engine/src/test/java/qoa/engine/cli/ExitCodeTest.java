package qoa.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.engine.emit.Summary;

class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({
    // evaluations, failed, met, violated, undetermined, exit code
    "2, 0, 2, 0, 0, 0",
    "2, 0, 1, 1, 0, 3",
    "2, 0, 1, 0, 1, 2",
    "2, 0, 0, 1, 1, 3",
    "2, 1, 1, 0, 0, 2",
    "2, 1, 0, 1, 0, 3",
    "0, 0, 0, 0, 0, 2",
    "6, 0, 0, 0, 0, 2"
  })
  void of_isTheWorstVerdict_andNeverMetWhereNothingWasJudged(
      long evaluations, long failed, long met, long violated, long undetermined, int code) {
    Summary summary = new Summary(9, 9, 0, 0, 0, evaluations, failed, met, violated, undetermined);
    assertThat(ExitCode.of(summary)).isEqualTo(code);
  }
}
