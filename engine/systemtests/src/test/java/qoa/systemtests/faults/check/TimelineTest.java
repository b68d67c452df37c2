package qoa.systemtests.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of 2 s with a grace of 1 s; times in seconds, in the order of the offsets. */
class TimelineTest {

  private final List<FoundReport> reports = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // event times       | judged windows, with how many reports | late
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
  void judges_byTheTimeOfOneSender_whoReportsForLong(String times, String judged, String late) {
    report("a", 0, -20, -20);
    for (String time : times.strip().split(" ", -1)) {
      report("a", 0, Double.parseDouble(time), Double.parseDouble(time));
    }

    assertJudged(judged, late);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // sender, event time, time of the record where it is another | judged | late
        "a0 a9.9 a0.5                  | ''               | ''", // alone, and not long enough
        "a0 a10 a0.5                   | 0:1 2:0          | 0.5",
        "a0 b1 a3                      | ''               | ''", // b is at 1 only
        "a0 b1 a3 b3 a1                | 0:2              | 1",
        "a0 b1 a3 c3 a1                | 0:2              | 1", // the second of three counts
        "a0 b1 a299 b2 a0.5            | ''               | ''", // one is ahead
        "a0 b1 a299 a298 b2 a0.5       | ''               | ''", // still one sender
        "a0 b1 a299 b3 a0.5            | 0:2              | 0.5",
        "a0 b1 a299@1 b3@3 c3 d0.5     | 0:2              | 0.5",
        "a0 b1 a3@9 b9@2.9 a0.5@3      | ''               | ''", // no more than the record's time
        "a0 b1 a9@9 b9@3 a0.5@3        | 0:2              | 0.5",
        "a0 b9 a1@9 a2@9 a0.5          | ''               | ''", // a clock that is right, late news
      })
  void judges_byTheSecondMostAdvancedSender(String words, String judged, String late) {
    for (String word : words.strip().split(" ", -1)) {
      String[] times = word.substring(1).split("@", -1);
      double time = Double.parseDouble(times[0]);
      report(
          word.substring(0, 1), 0, time, times.length == 1 ? time : Double.parseDouble(times[1]));
    }

    assertJudged(judged, late);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // sender, event time, partition | judged | late
        "a0:0 b1:0 a9:0 b9:0 a0.5:1 | 0:2 2:0 | 0.5",
        "a0:0 b1:1 a9:0 c9:0 b1.5:1 | ''      | ''", // partition 1 has come no further
        "a0:0 b1:1 a9:0 c9:0 b3:1   | 0:2     | ''"
      })
  void judges_byTheLeastAdvancedPartition(String words, String judged, String late) {
    for (String word : words.strip().split(" ", -1)) {
      String[] parts = word.substring(1).split(":", -1);
      double time = Double.parseDouble(parts[0]);
      report(word.substring(0, 1), Integer.parseInt(parts[1]), time, 100 + reports.size());
    }

    assertJudged(judged, late);
  }

  @ParameterizedTest
  @CsvSource({
    // partition:time of the record, in the order of the partitions | in the order of reading
    "0:1 0:3 1:2 1:4, 0 2 1 3",
    "0:1 0:300 0:3 1:2 1:4, 0 3 1 2 4",
    "0:300 0:300 1:2 1:4, 2 3 0 1"
  })
  void inOrder_goesByWhenTheyWereSent(String records, String order) {
    for (String record : records.split(" ", -1)) {
      String[] parts = record.split(":", -1);
      report("a", Integer.parseInt(parts[0]), reports.size(), Double.parseDouble(parts[1]));
    }

    assertThat(FoundReport.inOrder(reports))
        .extracting(report -> String.valueOf(report.time() / 1_000))
        .containsExactly(order.split(" ", -1));
  }

  private void report(String sender, int partition, double time, double sent) {
    reports.add(
        new FoundReport(
            new Place("reports", partition, reports.size()),
            (long) (sent * 1_000),
            "shop",
            sender,
            (long) (time * 1_000),
            List.of()));
  }

  private void assertJudged(String judged, String late) {
    Timeline timeline = new Timeline(new ExpectedSchedule(new Tumbling(2_000, 1_000)), reports);
    Map<ExpectedWindow, List<FoundReport>> windows = timeline.judged();
    assertThat(
            windows.entrySet().stream()
                .filter(entry -> entry.getKey().start() >= 0)
                .map(entry -> entry.getKey().start() / 1_000 + ":" + entry.getValue().size())
                .collect(Collectors.joining(" ")))
        .isEqualTo(judged.strip());
    assertThat(timeline.late())
        .extracting(report -> String.valueOf(report.time() / 1_000.0).replaceAll("\\.0$", ""))
        .isEqualTo(late.isBlank() ? List.of() : List.of(late.strip()));
  }
}
