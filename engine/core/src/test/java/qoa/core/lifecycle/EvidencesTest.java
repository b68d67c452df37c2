package qoa.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.model.Verdict;

/** Values range from 0.01 (offset 3) to 0.9 (offset 5). */
class EvidencesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"operator": "less_equal", "value": 0.1}                      | 5
          {"operator": "less_than", "value": 0.1}                       | 5
          {"operator": "greater_equal", "value": 0.1}                   | 3
          {"operator": "greater_than", "value": 0.1}                    | 3
          {"operator": "range", "value": {"min": 0.1, "max": 0.2}}      | 5
          {"operator": "range", "value": {"min": 0.8, "max": 0.85}}     | 3
          {"operator": "equal", "value": 0.1}                           | 5
          {"operator": "equal", "value": 0.8}                           | 3
          {"operator": "equal", "value": true}                          | 3
          {"operator": "equal", "value": false}                         | 5
          {"operator": "range", "value": {"min": "a"}}                  |
          {"operator": "equal", "value": "fast"}                        |
          {"operator": "about", "value": 1}                             |
          {"value": 1}                                                  |
          7                                                             |
          """)
  void worst_isTheOneFarthestFromThePromise(String condition, Long offset) {
    Verdict verdict = Given.verdict(Verdict.Kind.VIOLATED, "c", "gateway", condition);

    assertThat(Evidences.of(Given.window(0, 3).summary(), verdict))
        .isEqualTo(
            new Event.Evidence(Given.at(2), Given.at(8), offset == null ? null : Given.at(offset)));
  }

  @Test
  void isThatOfAllStages_whenTheVerdictNamesNone() {
    Verdict verdict = Given.verdict(Verdict.Kind.VIOLATED, "c", null, Given.CONDITION);

    assertThat(Evidences.of(Given.window(0, 3).summary(), verdict).worst()).isEqualTo(Given.at(5));
  }

  @Test
  void isTheInputs_whenTheMetricIsNotKnown() {
    Event.Evidence ofInput = new Event.Evidence(Given.at(1), Given.at(9), null);

    Verdict elsewhere = Given.verdict(Verdict.Kind.VIOLATED, "c", "model", Given.CONDITION);
    assertThat(Evidences.of(Given.window(0, 3).summary(), elsewhere)).isEqualTo(ofInput);
    assertThat(Evidences.of(Given.window(0, 3).summary(), Given.message("slow")))
        .isEqualTo(ofInput);
    assertThat(Evidences.of(Given.window(0, 0).summary(), elsewhere)).isNull();
  }
}
