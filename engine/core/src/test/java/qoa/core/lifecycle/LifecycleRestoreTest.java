package qoa.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.Schedule;
import qoa.core.contracts.Schedule.Damping;
import qoa.core.model.Verdict;
import qoa.core.model.Verdict.Kind;

/**
 * What becomes of the promises of a contract that was changed or removed, and of single reports.
 */
class LifecycleRestoreTest {

  private static final Contract WINDOWS =
      Given.contract("detector", new Schedule.Tumbling(10_000, 0, new Damping(1, 2)));
  private static final Contract EACH = Given.contract("detector", new Schedule.EachReport());
  private static final ContractSet NONE = new ContractSet(List.of());

  private final Map<String, Status> told = new TreeMap<>();
  private final Lifecycle before = new Lifecycle(Given.PARTITION);
  private final Lifecycle after = new Lifecycle(Given.PARTITION);

  @Test
  void endsWhatIsOpen_withAReason_whereTheContractWasRemoved() {
    window(0, verdict(Kind.VIOLATED, "gateway"), verdict(Kind.MET, "model"));

    Changes changes = after.restore(statuses(), NONE, "another");

    assertThat(changes.events())
        .extracting(
            Event::type,
            event -> event.promise().stage(),
            event -> event.verdict().finding().message(),
            Event::since,
            Event::reason)
        .containsExactly(
            tuple(
                Event.Type.RESOLVED,
                "gateway",
                "the contract was removed",
                Given.TEN,
                Event.Reason.CONTRACT_REMOVED));
    Event ended = changes.events().get(0);
    EventSchema.assertValid(ended);
    assertThat(ended.evaluation().contract())
        .isEqualTo(new Event.ContractRef("object-detection", "1.2.0"));
    assertThat(ended.stakeholder().roles()).containsExactly("ml_provider");
    assertThat(ended.evaluation().policy().revision()).isEqualTo("another");
    assertThat(ended.evaluation().window()).isEqualTo(Given.window(0, 1).window());
    assertThat(ended.verdict().finding().observed()).isNull();
    assertThat(ended.promise().severity()).isEqualTo("major");
  }

  @Test
  void endsWhatIsOpen_whereTheContractWasChanged() {
    window(0, verdict(Kind.VIOLATED, "gateway"));

    assertThat(after.restore(statuses(), new ContractSet(List.of(Given.contract())), "another"))
        .satisfies(
            changes ->
                assertThat(changes.events())
                    .extracting(event -> event.verdict().finding().message(), Event::reason)
                    .containsExactly(
                        tuple("the contract was changed", Event.Reason.CONTRACT_CHANGED)));
    assertThat(after.openCounts().values()).allMatch(count -> count == 0);
  }

  @Test
  void forgetsEachPromise_whetherOpenOrNot() {
    window(0, verdict(Kind.VIOLATED, "gateway"), verdict(Kind.MET, "model"));

    Changes changes = after.restore(statuses(), NONE, "another");

    assertThat(changes.statuses()).containsOnlyKeys(told.keySet()).hasSize(2);
    assertThat(changes.statuses().values()).containsOnlyNulls();
  }

  @Test
  void tellsEndedPromisesApart_andARepeatIsARepeat() {
    window(0, verdict(Kind.VIOLATED, "gateway"), verdict(Kind.VIOLATED, "model"));

    List<Event> events = after.restore(statuses(), NONE, "another").events();
    List<Event> again =
        new Lifecycle(Given.PARTITION).restore(statuses(), NONE, "another").events();

    assertThat(events).extracting(Event::id).hasSize(2).doesNotHaveDuplicates();
    assertThat(again).isEqualTo(events);
  }

  @Test
  void aContractChangedAndBackAgain_endsEachTimeUnderAnIdOfItsOwn() {
    window(0, verdict(Kind.VIOLATED, "gateway"));
    Status first = statuses().get(0);
    told.clear();
    Contract other = Given.contract("detector", new Schedule.Tumbling(10_000, 0));
    after
        .window(
            other, Given.window(0, 3), List.of(verdict(Kind.VIOLATED, "gateway")), Given.REVISION)
        .statuses()
        .forEach(told::put);

    assertThat(Events.ended(first, Event.Reason.CONTRACT_CHANGED, "r").id())
        .isNotEqualTo(Events.ended(statuses().get(0), Event.Reason.CONTRACT_CHANGED, "r").id());
  }

  @Test
  void goesOnCounting_whatIsOpen() {
    window(0, verdict(Kind.VIOLATED, "gateway"), verdict(Kind.VIOLATED, "model"));
    window(1, verdict(Kind.MET, "gateway"), verdict(Kind.VIOLATED, "model"));

    assertThat(after.restore(statuses(), new ContractSet(List.of(WINDOWS)), "another"))
        .isEqualTo(Changes.NONE);

    assertThat(openByStage()).isEqualTo(Map.of("gateway", 1, "model", 1));
    Changes changes =
        after.window(
            WINDOWS, Given.window(2, 3), List.of(verdict(Kind.MET, "gateway")), Given.REVISION);
    assertThat(changes.events())
        .extracting(Event::type, event -> event.promise().stage())
        .containsExactly(tuple(Event.Type.RESOLVED, "gateway")); // the second met one in a row
    assertThat(openByStage()).isEqualTo(Map.of("gateway", 0, "model", 1));
  }

  private Map<String, Integer> openByStage() {
    Map<String, Integer> open = new HashMap<>();
    after
        .openCounts()
        .forEach(
            (labels, count) -> {
              assertThat(labels.contract()).isEqualTo("object-detection");
              assertThat(labels.stakeholder()).isEqualTo("aaltosea1");
              assertThat(labels.constraint()).isEqualTo("latency");
              open.merge(labels.stage(), count, Integer::sum);
            });
    return open;
  }

  @Test
  void tellsOnlyVerdictsThatChange_ofReports() {
    assertThat(kinds(report(before, 0, verdict(Kind.VIOLATED, "gateway"))))
        .containsExactly(Kind.VIOLATED);
    assertThat(kinds(report(before, 1, verdict(Kind.VIOLATED, "gateway")))).isEmpty();
    assertThat(kinds(report(before, 2, verdict(Kind.MET, "gateway")))).containsExactly(Kind.MET);
  }

  @Test
  void remembersVerdictsOfReports() {
    report(before, 0, verdict(Kind.VIOLATED, "gateway"), verdict(Kind.MET, "model"));

    assertThat(after.restore(statuses(), new ContractSet(List.of(EACH)), "another"))
        .isEqualTo(Changes.NONE);

    Changes same = report(after, 1, verdict(Kind.VIOLATED, "gateway"), verdict(Kind.MET, "model"));
    assertThat(same.events()).extracting(Event::type).containsExactly(Event.Type.OCCURRED);
    assertThat(same.statuses()).isEmpty();
    assertThat(kinds(report(after, 2, verdict(Kind.MET, "gateway")))).containsExactly(Kind.MET);
  }

  @Test
  void endsNothing_ofReports_whereTheContractWasRemoved() {
    report(before, 0, verdict(Kind.VIOLATED, "gateway"));

    Changes changes = after.restore(statuses(), NONE, "another");

    assertThat(changes.events()).isEmpty();
    assertThat(changes.statuses().values()).hasSize(1).containsOnlyNulls();
  }

  private void window(int n, Verdict... verdicts) {
    told.putAll(
        before.window(WINDOWS, Given.window(n, 3), List.of(verdicts), Given.REVISION).statuses());
  }

  private Changes report(Lifecycle lifecycle, long offset, Verdict... verdicts) {
    Changes changes = lifecycle.report(EACH, Given.each(offset), List.of(verdicts), Given.REVISION);
    told.putAll(changes.statuses());
    return changes;
  }

  private List<Status> statuses() {
    return new ArrayList<>(told.values());
  }

  private static List<Kind> kinds(Changes changes) {
    return changes.statuses().values().stream().map(status -> status.verdict().kind()).toList();
  }

  private static Verdict verdict(Kind kind, String stage) {
    return Given.verdict(kind, "latency", stage, Given.CONDITION);
  }
}
