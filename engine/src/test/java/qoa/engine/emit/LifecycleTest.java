package qoa.engine.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.engine.model.EvaluationInput;
import qoa.engine.model.Verdict;

class LifecycleTest {

  private final Lifecycle lifecycle = new Lifecycle(Given.HOME);

  /**
   * Windows one after the other: what the policy says (V violated, U undetermined, M met, -
   * nothing; 0 where the window has no reports), then the events with the window of their {@code
   * since}, then how many violations are open.
   */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          met stays silent                       | M M     | . .                                | 0
          a violation opens                      | M V     | . opened(1)                        | 1
          a violation continues                  | V V V   | opened(0) continued(0) continued(0) | 1
          met resolves                           | V M     | opened(0) resolved(0)              | 0
          resolved is said once                  | V M M   | opened(0) resolved(0) .            | 0
          it opens anew                          | V M V   | opened(0) resolved(0) opened(2)    | 1
          undetermined is said every time        | U U     | undetermined undetermined          | 0
          undetermined does not resolve          | V U     | opened(0) undetermined             | 1
          undetermined does not renew            | V U V   | opened(0) undetermined continued(0) | 1
          undetermined, then met, resolves       | V U M   | opened(0) undetermined resolved(0) | 0
          silence with reports resolves          | V -     | opened(0) resolved(0)              | 0
          silence without reports does not       | V -0    | opened(0) .                        | 1
          silence without reports does not renew | V -0 V  | opened(0) . continued(0)           | 1
          undetermined without reports stays     | V U0 M  | opened(0) undetermined resolved(0) | 0
          nothing open, nothing said             | - -0    | . .                                | 0
          violated wins over met                 | V VM    | opened(0) continued(0)             | 1
          violated and undetermined are both said | VU     | opened(0)+undetermined             | 1
          undetermined wins over met             | V UM    | opened(0) undetermined             | 1
          two violations of one promise open once | VV VV M | opened(0)+opened(0) continued(0)+continued(0) resolved(0) | 0
          """)
  void rules(String rule, String windows, String expected, int open) {
    List<String> said = new ArrayList<>();
    List<String> steps = List.of(windows.split(" ", -1));
    for (int n = 0; n < steps.size(); n++) {
      List<Event> events = apply(n, steps.get(n));
      assertThat(events).extracting(Event::id).doesNotHaveDuplicates();
      said.add(
          events.isEmpty()
              ? "."
              : String.join("+", events.stream().map(LifecycleTest::shorthand).toList()));
    }
    assertThat(String.join(" ", said)).isEqualTo(expected);
    assertThat(lifecycle.openCounts().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(open);
  }

  @Test
  void keepsPromisesApart() {
    Verdict gateway = Given.verdict(Verdict.Kind.VIOLATED, "latency", "gateway", Given.CONDITION);
    Verdict model = Given.verdict(Verdict.Kind.VIOLATED, "latency", "model", Given.CONDITION);
    Verdict gatewayMet = Given.verdict(Verdict.Kind.MET, "latency", "gateway", Given.CONDITION);

    assertThat(apply(Given.window(0, 1), gateway, model)).hasSize(2);
    assertThat(apply(Given.window(1, 1), model, gatewayMet))
        .extracting(Event::stage, Event::type)
        .containsExactly(
            tuple("model", Event.Type.CONTINUED), tuple("gateway", Event.Type.RESOLVED));
    assertThat(lifecycle.openCounts())
        .isEqualTo(Map.of(new Lifecycle.Party("object-detection", "aaltosea1"), 1));
  }

  @Test
  void keepsApplicationsApart() {
    apply(Given.window(0, 1), Given.verdict(Verdict.Kind.VIOLATED));
    EvaluationInput in = Given.window(0, 1);
    EvaluationInput other =
        new EvaluationInput(
            in.contract(),
            "another",
            in.window(),
            1,
            in.stages(),
            in.metrics(),
            null,
            false,
            in.first(),
            in.last());

    assertThat(apply(other, Given.verdict(Verdict.Kind.VIOLATED)))
        .extracting(Event::type)
        .containsExactly(Event.Type.OPENED);
    assertThat(lifecycle.openCounts())
        .isEqualTo(Map.of(new Lifecycle.Party("object-detection", "aaltosea1"), 2));
  }

  @Test
  void resolvedSaysWhatWasObserved_andWhatTheViolationSaid() {
    apply(Given.window(0, 1), Given.verdict(Verdict.Kind.VIOLATED));
    Verdict met =
        new Verdict(
            Verdict.Kind.MET,
            "aaltosea1",
            null,
            "gateway-latency",
            "gateway",
            null,
            null,
            null,
            Given.json("0.05"),
            null,
            null,
            null);

    Event resolved = apply(Given.window(1, 1), met).get(0);

    assertThat(resolved.observed()).isEqualTo(Given.json("0.05"));
    assertThat(resolved.severity()).isEqualTo("major");
    assertThat(resolved.consumers()).containsExactly("student1");
    assertThat(resolved.since()).isEqualTo(Given.TEN);
    assertThat(resolved.evidence().worst()).isNull();
  }

  @Test
  void resolvedKeepsTheMessage_whenTheMessageIsThePromise() {
    apply(Given.window(0, 1), Given.message("too slow"));

    Event resolved = apply(Given.window(1, 1)).get(0);

    assertThat(resolved.type()).isEqualTo(Event.Type.RESOLVED);
    assertThat(resolved.message()).isEqualTo("too slow");
    assertThat(resolved.observed()).isNull();
  }

  private List<Event> apply(int n, String step) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < step.length(); i++) {
      switch (step.charAt(i)) {
        case 'V' -> verdicts.add(Given.verdict(Verdict.Kind.VIOLATED));
        case 'U' -> verdicts.add(Given.verdict(Verdict.Kind.UNDETERMINED));
        case 'M' -> verdicts.add(Given.verdict(Verdict.Kind.MET));
        default -> {}
      }
    }
    return apply(Given.window(n, step.endsWith("0") ? 0 : 3), verdicts.toArray(Verdict[]::new));
  }

  private List<Event> apply(EvaluationInput input, Verdict... verdicts) {
    List<Event> events =
        lifecycle.window(Given.contract(), input, List.of(verdicts), Given.REVISION).events();
    events.forEach(EventSchema::assertValid);
    return events;
  }

  private static String shorthand(Event event) {
    String label = event.type().label();
    String word = label.substring(label.lastIndexOf('.') + 1);
    return event.since() == null ? word : word + "(" + (event.since() - Given.TEN) / 10_000 + ")";
  }
}
