package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.core.contracts.Contract;
import qoa.core.contracts.Schedule;
import qoa.core.lifecycle.Event;
import qoa.core.model.Partition;
import qoa.core.model.Window;

/** Contracts are edited and added while windows are open: each report counts in one window. */
class EditedScheduleTest {

  private static final Partition REPORTS = new Partition("reports", 0);
  private static final long TEN = 1_795_428_000_000L;
  private static final int[] SIZES = {5_000, 10_000, 15_000, 20_000, 60_000};
  private static final int REPORTS_SENT = 600;

  private final KafkaInMemory kafka = new KafkaInMemory(List.of(REPORTS), 0);
  private final List<Long> sent = new ArrayList<>();
  private long now = TEN;

  @Property(tries = 60)
  void countsEachReportInOneWindow_whenAScheduleIsEdited(
      @ForAll @IntRange(max = 4) int from,
      @ForAll @IntRange(max = 4) int to,
      @ForAll @IntRange(max = 3) int grace,
      @ForAll @IntRange(min = 1, max = 500) int at,
      @ForAll @IntRange(min = 1, max = 40) int again,
      @ForAll boolean restarts)
      throws InterruptedException {
    Contract before = contract(SIZES[from], 1_000);
    Contract after = contract(SIZES[to], grace * 1_000L);
    Map<Integer, List<Contract>> edits = new HashMap<>();
    edits.put(at, List.of(after));
    edits.put(at + again, again % 2 == 0 ? List.of(after) : List.of(before));
    Map<Window, Long> judged = play(List.of(before), edits, restarts);

    assertThat(sum(judged)).isEqualTo(sent.size());
    assertWhole(judged);
  }

  @Property(tries = 60)
  void judgesTheFirstWindowWhole_ofANewContract(
      @ForAll @IntRange(max = 3) int size,
      @ForAll @IntRange(min = 1, max = 300) int at,
      @ForAll boolean isMatchedBefore,
      @ForAll boolean restarts)
      throws InterruptedException {
    List<Contract> others =
        isMatchedBefore
            ? List.of(
                GivenContracts.contract("other", "a", new Schedule.Tumbling(10_000, 1_000), 1_000))
            : List.of();
    List<Contract> all = new ArrayList<>(others);
    all.add(contract(SIZES[size], 1_000));
    Map<Window, Long> judged = play(others, Map.of(at, all), restarts);

    assertWhole(judged);
    long effective = TEN + at * 100L;
    long first = judged.keySet().stream().mapToLong(Window::start).min().orElseThrow();
    assertThat(first)
        .as("the first window that begins after it took effect")
        .isBetween(effective - 1_500, effective + SIZES[size] + 1_100L);
  }

  /** Windows of 10 s become windows of 5 s at 20 s; then nobody reports for 6 s. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void judgesTheFirstWindowOfANewSchedule_whereItStaysEmpty(boolean restarts)
      throws InterruptedException {
    Member member =
        new Member(
            kafka,
            Set.of(REPORTS),
            Set.of(),
            GivenContracts.revision(List.of(contract(10_000, 1_000))));
    for (int tenth = 0; tenth < 400; tenth++) {
      now = TEN + tenth * 100L;
      if (tenth == 150) {
        member.renew(GivenContracts.revision(List.of(contract(5_000, 1_000))), now);
      }
      if (tenth < 200 || tenth >= 260) {
        kafka.send(
            REPORTS, now, GivenContracts.report("a", tenth % 2 == 0 ? "even" : "odd", now, 90));
      }
      member.poll(now);
      member.tick(now);
      member.commit(now);
      if (restarts && tenth % 10 == 0) {
        member.crash();
      }
    }

    assertThat(kafka.events.stream().filter(event -> event.promise().stage() == null))
        .filteredOn(event -> event.evaluation().window().start() == TEN + 20_000)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo(Event.Type.UNDETERMINED);
              assertThat(event.evaluation().window().end()).isEqualTo(TEN + 25_000);
              assertThat(event.evaluation().reports()).isZero();
            });
  }

  /** Every window that is told of rests on all reports of its span. */
  private void assertWhole(Map<Window, Long> judged) {
    judged.forEach(
        (window, reports) ->
            assertThat(reports)
                .as("%s", window)
                .isEqualTo(
                    sent.stream()
                        .filter(time -> time >= window.start() && time < window.end())
                        .count()));
  }

  private static long sum(Map<Window, Long> judged) {
    return judged.values().stream().mapToLong(Long::longValue).sum();
  }

  /** A contract that every window breaks. */
  private static Contract contract(long size, long grace) {
    return GivenContracts.contract("edited", "a", new Schedule.Tumbling(size, grace), 0);
  }

  /** The windows of the edited contract, and on how many reports they rest. */
  private Map<Window, Long> play(
      List<Contract> first, Map<Integer, List<Contract>> edits, boolean restarts)
      throws InterruptedException {
    sent.clear();
    kafka.clear();
    now = TEN;
    Member member = new Member(kafka, Set.of(REPORTS), Set.of(), GivenContracts.revision(first));
    for (int report = 0; report < REPORTS_SENT; report++) {
      if (edits.containsKey(report)) {
        member.renew(GivenContracts.revision(edits.get(report)), now);
      }
      now += 100;
      long time = now - (report % 7) * 100L;
      sent.add(time);
      kafka.send(
          REPORTS, now, GivenContracts.report("a", report % 2 == 0 ? "even" : "odd", time, 90));
      member.poll(now);
      member.tick(now);
      member.commit(now);
      if (restarts && report % 37 == 0) {
        member.crash();
      }
    }
    for (int second = 0; second < 200; second++) {
      now += 1_000;
      member.poll(now);
      member.tick(now);
      member.commit(now);
    }
    Map<Window, Long> judged = new TreeMap<>((a, b) -> Long.compare(a.start(), b.start()));
    for (Event event : kafka.events) {
      if (event.evaluation().contract().id().equals("edited")
          && event.promise().stage() == null
          && event.evaluation().reports() > 0) {
        assertThat(event.evaluation().late()).isFalse();
        boolean isOfWindow = event.type() != Event.Type.RESOLVED;
        if (isOfWindow) {
          assertThat(judged.put(event.evaluation().window(), event.evaluation().reports()))
              .as("%s", event.evaluation().window())
              .isNull();
        }
      }
    }
    return judged;
  }
}
