package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.model.DeadLetter;
import qoa.core.sink.Summary;
import qoa.core.sink.Summary.Verdicts;

class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({
    // met, violated, undetermined; unjudged contracts, failed, dead letters, late; allowed; code
    "2, 0, 0, 0, 0, 0, 0, , 0",
    "1, 1, 0, 0, 0, 0, 0, , 3",
    "1, 0, 1, 0, 0, 0, 0, , 2",
    "0, 1, 1, 0, 0, 0, 0, , 3",
    "1, 0, 0, 1, 0, 0, 0, , 2",
    "1, 0, 0, 0, 1, 0, 0, , 2",
    "1, 0, 0, 0, 0, 1, 0, , 2",
    "1, 0, 0, 0, 0, 0, 1, , 2",
    "0, 0, 0, 0, 0, 0, 0, , 2",
    "0, 1, 0, 1, 1, 1, 1, , 3",
    "1, 0, 1, 0, 0, 0, 0, undetermined, 0",
    "1, 0, 0, 1, 0, 0, 0, unjudged, 0",
    "1, 0, 0, 0, 0, 1, 0, dead-letters, 0",
    "1, 0, 0, 0, 0, 0, 1, late, 0",
    "1, 0, 1, 1, 0, 1, 1, undetermined unjudged dead-letters late, 0",
    "1, 0, 1, 1, 0, 1, 1, undetermined unjudged dead-letters, 2",
    "1, 0, 1, 1, 0, 1, 1, undetermined unjudged late, 2",
    "1, 0, 1, 1, 0, 1, 1, undetermined dead-letters late, 2",
    "1, 0, 1, 1, 0, 1, 1, unjudged dead-letters late, 2",
    "1, 1, 1, 1, 0, 1, 1, undetermined unjudged dead-letters late, 3",
    "1, 0, 0, 0, 1, 0, 0, undetermined unjudged dead-letters late, 2"
  })
  void of_isTheWorstThatHappened_butForWhatIsAllowed(
      long met,
      long violated,
      long undetermined,
      int unjudged,
      long failed,
      long letters,
      long late,
      String allowed,
      int code) {
    SortedMap<String, Verdicts> contracts = new TreeMap<>();
    contracts.put("judged", new Verdicts(met, violated, undetermined));
    for (int i = 0; i < unjudged; i++) {
      contracts.put("unjudged" + i, Verdicts.NONE);
    }
    SortedMap<DeadLetter.Reason, Long> reasons =
        letters == 0 ? new TreeMap<>() : new TreeMap<>(Map.of(DeadLetter.Reason.EMPTY, letters));
    Summary summary =
        new Summary(
            new Summary.Read(9, 0, late, reasons),
            new Summary.Evaluations(9, failed, 0),
            contracts);

    assertThat(ExitCode.of(summary, allowed(allowed))).isEqualTo(code);
  }

  private static Set<Allowed> allowed(String words) {
    Set<Allowed> allowed = EnumSet.noneOf(Allowed.class);
    Arrays.stream(Allowed.values())
        .filter(one -> words != null && (" " + words + " ").contains(" " + one + " "))
        .forEach(allowed::add);
    return allowed;
  }
}
