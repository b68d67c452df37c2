package qoa.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Verdict;

class EventsTest {

  private static final Verdict VIOLATED = Given.verdict(Verdict.Kind.VIOLATED);
  private static final Verdict UNDETERMINED = Given.verdict(Verdict.Kind.UNDETERMINED);
  private static final Verdict MET = Given.verdict(Verdict.Kind.MET);

  @Test
  void ofReport_givesOccurredAndUndetermined_andNothingForMet() {
    List<Event> events = ofReport(Given.each(7), VIOLATED, UNDETERMINED, MET);

    assertThat(events)
        .extracting(Event::type)
        .containsExactly(Event.Type.OCCURRED, Event.Type.UNDETERMINED);
    Event event = events.get(0);
    assertThat(event.subject()).isEqualTo("object-detection/aaltosea1");
    assertThat(event.stakeholder().roles()).containsExactly("ml_provider");
    assertThat(event.time()).isEqualTo(Given.TEN);
    assertThat(event.since()).isNull();
    assertThat(event.evaluation().late()).isFalse();
  }

  @Test
  void ofReport_saysLate_whenTheReportWas() {
    Event event = ofReport(Given.late(7), VIOLATED).get(0);

    assertThat(event.evaluation().late()).isTrue();
    assertThat(event.type()).isEqualTo(Event.Type.OCCURRED);
    assertThat(event.time()).isEqualTo(Given.TEN + 10_000);
  }

  @Test
  void subjectHasADash_whenThePolicyNamesNoStakeholder() {
    Event event = ofReport(Given.each(7), Given.message("too slow")).get(0);

    assertThat(event.subject()).isEqualTo("object-detection/-");
    assertThat(event.stakeholder()).isNull();
  }

  @Test
  void failed_carriesTheReasonAndNoStakeholder() {
    Event event = failed(Given.window(0, 3));

    assertThat(event.type()).isEqualTo(Event.Type.FAILED);
    assertThat(event.verdict().finding().message()).isEqualTo("division by zero");
    assertThat(event.subject()).isEqualTo("object-detection/-");
    assertThat(event.evidence().first()).isEqualTo(Given.at(1));
    EventSchema.assertValid(event);
  }

  @Test
  void failed_hasNoEvidence_whenThereWasNoReport() {
    Event event = failed(Given.window(0, 0));

    assertThat(event.evidence()).isNull();
    EventSchema.assertValid(event);
  }

  /** A change of these means that subscribers see repeats as new: never by accident. */
  @Test
  void idsStayTheSame() {
    assertThat(ofReport(Given.each(7), VIOLATED, UNDETERMINED))
        .extracting(Event::id)
        .containsExactly("af8ef593fea8851f1615625505d0444f", "0faa0e9cabd9b53fe19e52f73f0cd97b");
  }

  @Test
  void idsDiffer_whereEventsAreAboutSomethingElse() {
    List<String> ids =
        Stream.of(
                ofReport(Given.each(7), VIOLATED, VIOLATED, UNDETERMINED),
                ofReport(Given.each(8), VIOLATED),
                ofReport(Given.late(7), VIOLATED),
                ofReport(Given.late(8), VIOLATED),
                new Lifecycle(Given.PARTITION)
                    .window(Given.contract(), Given.window(0, 1), List.of(VIOLATED), Given.REVISION)
                    .events(),
                new Lifecycle(Given.PARTITION)
                    .window(Given.contract(), Given.window(1, 1), List.of(VIOLATED), Given.REVISION)
                    .events(),
                ofReport(
                    Given.each(7),
                    Given.verdict(Verdict.Kind.VIOLATED, "gateway-latency", null, Given.CONDITION)),
                ofReport(
                    Given.each(7),
                    Given.verdict(Verdict.Kind.VIOLATED, "gateway", "latency", Given.CONDITION)),
                ofReport(Given.each(7), Given.message("gateway-latency")),
                List.of(failed(Given.each(7))),
                List.of(failed(Given.window(0, 1))))
            .flatMap(List::stream)
            .map(Event::id)
            .toList();

    assertThat(ids).doesNotHaveDuplicates().hasSize(13).allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  private static List<Event> ofReport(EvaluationInput input, Verdict... verdicts) {
    List<Event> events =
        Events.ofReport(Given.contract(), input, List.of(verdicts), Given.REVISION);
    events.forEach(EventSchema::assertValid);
    return events;
  }

  private static Event failed(EvaluationInput input) {
    return Events.failed(Given.contract(), input, "division by zero", Given.REVISION);
  }
}
