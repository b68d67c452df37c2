package qoa.engine.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of 2 s with a grace of 1 s; event times in seconds, in the order in which they lie. */
class TimelineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // times             | judged windows, with how many reports | late
        "0 1 2               | ''                                    | ''",
        "0 1 3               | 0:2                                   | ''",
        "0 3 1.9             | 0:1                                   | 1.9",
        "0 2.9 1.9           | ''                                    | ''",
        "0 2.9 1.9 3         | 0:2                                   | ''",
        "0 10                | 0:1 2:0                               | ''",
        "0 3 10              | 0:1 2:1 4:0                           | ''",
        "0 4.9 3.5 10        | 0:1 2:1 4:1 6:0                       | ''",
        "0 9 3               | 0:1 2:0                               | 3",
        "0 8.5 5 20          | 0:1 2:0 6:0 8:1 10:0                  | 5",
        "0 9 3 20            | 0:1 2:0 8:1 10:0                      | 3"
      })
  void judges(String times, String judged, String late) {
    List<Report> reports = new ArrayList<>();
    for (String time : times.strip().split(" ", -1)) {
      long millis = (long) (Double.parseDouble(time) * 1_000);
      reports.add(new Report(new Place("reports", 0, reports.size()), "shop", millis, List.of()));
    }

    Timeline timeline = new Timeline(2_000, 1_000, reports);

    assertThat(
            timeline.judged().entrySet().stream()
                .map(entry -> entry.getKey() / 1_000 + ":" + entry.getValue().size())
                .collect(Collectors.joining(" ")))
        .isEqualTo(judged.strip());
    assertThat(timeline.late())
        .extracting(report -> String.valueOf(report.time() / 1_000.0).replaceAll("\\.0$", ""))
        .isEqualTo(late.isBlank() ? List.of() : List.of(late.strip()));
  }
}
