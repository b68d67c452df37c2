package qoa.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.contracts.Contract;
import qoa.core.contracts.Schedule;
import qoa.core.contracts.Schedule.Damping;
import qoa.core.model.PromiseKey;
import qoa.core.model.Verdict;
import qoa.core.model.Verdict.Kind;

class StatusTest {

  private static final Schedule DAMPED = new Schedule.Tumbling(10_000, 0, new Damping(2, 2));

  private final Lifecycle lifecycle = new Lifecycle(Given.PARTITION);

  @ParameterizedTest
  @CsvSource({
    "latency, aaltosea1, gateway, i-7,   object-detection|latency|aaltosea1|gateway|i-7",
    "latency,          ,        ,    ,   object-detection|latency|||",
    "a|b,     c\\d,     |,      \\|,     object-detection|a\\|b|c\\\\d|\\||\\\\\\|",
  })
  void key_namesThePromise(String constraint, String by, String stage, String at, String key) {
    assertThat(told("detector", 0, verdict(Kind.MET, constraint, by, stage, at)))
        .containsOnlyKeys(key);
  }

  @Test
  void key_namesTheMessage_whereThereIsNoConstraint() {
    assertThat(told("detector", 0, Given.message("too slow")))
        .containsOnlyKeys("object-detection|too slow|||");
  }

  @Test
  void key_tellsPartsFromTheirBounds() {
    assertThat(told("detector", 0, verdict(Kind.MET, "a|b", "c", null, null)).keySet())
        .doesNotContainAnyElementsOf(
            told("detector", 0, verdict(Kind.MET, "a", "b|c", null, null)).keySet());
  }

  @Test
  void key_namesTheApplication_whereTheContractJudgesAll() {
    assertThat(told("*", 0, verdict(Kind.MET, "latency", null, null, null)))
        .containsOnlyKeys("object-detection|latency||||detector");
  }

  @Test
  void saysWhatWasSaidLast_andByWhom() {
    Status status =
        told("detector", 1, Given.verdict(Kind.UNDETERMINED)).values().iterator().next();

    assertThat(status.evaluation().contract())
        .isEqualTo(new Event.ContractRef("object-detection", "1.2.0"));
    assertThat(status.application()).isEqualTo("detector");
    assertThat(status.stakeholder().roles()).containsExactly("ml_provider");
    assertThat(status.verdict()).isEqualTo(Given.verdict(Kind.UNDETERMINED));
    assertThat(status.evaluation().window()).isEqualTo(Given.window(1, 3).window());
    assertThat(status.evaluation().reports()).isEqualTo(3);
    assertThat(status.evaluation().policy())
        .isEqualTo(new Event.PolicyRef("qoa.contract", Given.REVISION));
    assertThat(status.partition()).isEqualTo(Given.PARTITION);
  }

  @Test
  void saysTheWorst_ofWhatIsSaidOfAPromise() {
    Map<String, Status> told =
        told("detector", 0, Given.verdict(Kind.MET), Given.verdict(Kind.VIOLATED));
    assertThat(told.values())
        .extracting(status -> status.verdict().kind())
        .containsExactly(Kind.VIOLATED);
  }

  @Test
  void isOpen_onlyWhenTheEventSaysSo_andKeepsCount() {
    assertThat(state(0, Kind.VIOLATED))
        .isEqualTo(new PromiseState(false, 1, Given.TEN, Given.verdict(Kind.VIOLATED)));
    assertThat(state(1, Kind.UNDETERMINED))
        .isEqualTo(new PromiseState(false, 1, Given.TEN, Given.verdict(Kind.VIOLATED)));
    assertThat(state(2, Kind.VIOLATED))
        .isEqualTo(new PromiseState(true, 0, Given.TEN, Given.verdict(Kind.VIOLATED)));
    assertThat(state(3, Kind.MET))
        .isEqualTo(new PromiseState(true, 1, Given.TEN, Given.verdict(Kind.VIOLATED)));
    assertThat(state(4, Kind.MET)).isEqualTo(PromiseState.KEPT);
  }

  @Test
  void tellsAPromiseMet_thatIsNotMentionedAnyMore() {
    told("detector", 0, Given.verdict(Kind.VIOLATED));
    Status status = told("detector", 1).values().iterator().next();

    assertThat(status.verdict().kind()).isEqualTo(Kind.MET);
    assertThat(status.evaluation().window()).isEqualTo(Given.window(1, 3).window());
    assertThat(told("detector", 2)).isEmpty();
  }

  private PromiseState state(int n, Kind kind) {
    return told("detector", n, Given.verdict(kind)).values().iterator().next().state();
  }

  private Map<String, Status> told(String application, int n, Verdict... verdicts) {
    Contract contract = Given.contract(application, DAMPED);
    return lifecycle
        .window(contract, Given.window(n, 3), List.of(verdicts), Given.REVISION)
        .statuses();
  }

  private static Verdict verdict(
      Kind kind, String constraint, String stakeholder, String stage, String instance) {
    return Given.verdict(kind, new PromiseKey(constraint, stakeholder, stage, instance));
  }
}
