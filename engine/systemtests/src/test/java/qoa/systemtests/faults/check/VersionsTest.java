package qoa.systemtests.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import qoa.systemtests.faults.check.Segment.End;

class VersionsTest {

  private static final String CONTRACT =
      """
      id: changing
      version: %d
      application: shop
      evaluate: {window: 2s, grace: 1s}
      stakeholders: [{id: me, roles: [ml_provider]}]
      quality:
        service:
          - name: latency
            constraint_list:
              - metrics: {metric_name: response_time}
                condition: {operator: less_equal, value: %s}
                aggregate_function: MAX
          - name: witness
            constraint_list:
              - metrics: {metric_name: never_reported}
                condition: {operator: less_equal, value: 1}
                aggregate_function: MAX
      """;

  @Test
  void judge_followsTheChange_thatTheEventsShow() throws Exception {
    List<Terms> versions = List.of(terms(1, 0.1), terms(2, 0.5));
    NavigableMap<ExpectedWindow, List<FoundReport>> windows =
        windows(0.2, 0.2, 0.05, 0.2, 0.6, 0.6);
    for (long change = 0; change <= 12_000; change += 2_000) {
      List<Claim> events = events(versions, windows, change);

      List<Claim> explained = explain(versions, events, windows);

      assertThat(explained).as("changed at %d", change).isEqualTo(events);
    }
  }

  @Test
  void judge_endsWhatWasOpen_whenTheContractChanged() throws Exception {
    List<Terms> versions = List.of(terms(1, 0.1), terms(2, 0.5));

    List<Claim> events = events(versions, windows(0.2, 0.2, 0.6), 4_000);

    assertThat(events)
        .filteredOn(claim -> claim.about().constraint().equals("latency"))
        .extracting(claim -> claim.version() + " " + claim.type() + " " + claim.about().start())
        .containsExactly(
            "1 qoa.violation.opened 0",
            "1 qoa.violation.continued 2000",
            "1 qoa.violation.resolved 2000",
            "2 qoa.violation.opened 4000");
    assertThat(events).filteredOn(claim -> claim.about().ended()).hasSize(1);
  }

  @Test
  void judge_leavesEventsUnexplained_whenAnEarlierVersionJudgesAfterALaterOne() throws Exception {
    List<Terms> versions = List.of(terms(1, 0.1), terms(2, 0.1));
    NavigableMap<ExpectedWindow, List<FoundReport>> windows = windows(0.2, 0.2, 0.2, 0.2);
    List<Claim> events = new ArrayList<>(events(versions, windows, 4_000));
    events.removeIf(claim -> claim.about().start() == 6_000);
    events(List.of(versions.get(0)), windows, 0).stream()
        .filter(claim -> claim.about().start() == 6_000)
        .forEach(events::add);

    List<Claim> explained = explain(versions, events, windows);

    assertThat(explained)
        .filteredOn(claim -> claim.about().start() == 6_000)
        .isNotEmpty()
        .extracting(Claim::version)
        .containsOnly("2");
  }

  /** The windows of the first version up to the change, then those of the last version. */
  private static List<Claim> events(
      List<Terms> versions, NavigableMap<ExpectedWindow, List<FoundReport>> windows, long change) {
    ExpectedWindow first = new ExpectedWindow(change, change, 0);
    List<Segment> segments = new ArrayList<>();
    if (!windows.headMap(first, false).isEmpty()) {
      End end = windows.tailMap(first, true).isEmpty() ? End.NONE : End.CHANGED;
      segments.add(Segment.of(versions.get(0), "shop", windows.headMap(first, false), end));
    }
    Terms last = versions.get(versions.size() - 1);
    segments.add(Segment.of(last, "shop", windows.tailMap(first, true), End.NONE));
    return all(segments);
  }

  private static List<Claim> explain(
      List<Terms> versions,
      List<Claim> events,
      NavigableMap<ExpectedWindow, List<FoundReport>> windows) {
    List<FoundEvent> found =
        events.stream().map(claim -> new FoundEvent("id", null, 0, claim)).toList();
    Versions course = new Versions(versions, "shop", found);
    assertThat(course.problems()).isEmpty();
    return all(course.judge(windows, ExpectedWindow::closesAt));
  }

  private static List<Claim> all(List<Segment> segments) {
    return segments.stream().flatMap(segment -> segment.events().stream()).toList();
  }

  private static NavigableMap<ExpectedWindow, List<FoundReport>> windows(double... values) {
    NavigableMap<ExpectedWindow, List<FoundReport>> windows = new TreeMap<>();
    for (double value : values) {
      long start = windows.size() * 2_000L;
      FoundReport report =
          new FoundReport(
              new Place("reports", 0, windows.size()),
              start,
              "shop",
              "web-1",
              start,
              List.of(new FoundReport.Observation("web", "response_time", value)));
      windows.put(new Tumbling(2_000, 1_000).at(start), List.of(report));
    }
    return windows;
  }

  private static Terms terms(int version, double most) throws Exception {
    return Terms.read(CONTRACT.formatted(version, most));
  }
}
