package qoa.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.Schedule;
import qoa.core.contracts.Schedule.Damping;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Finding;
import qoa.core.model.Promise;
import qoa.core.model.PromiseKey;
import qoa.core.model.Verdict;

class LifecycleTest {

  private Lifecycle lifecycle = new Lifecycle(Given.PARTITION);

  /**
   * Windows one after the other: what the policy says (V violated, U undetermined, M met, -
   * nothing; 0 where the window has no reports), then the events with the window of their {@code
   * since}, then how many violations are open. Another lifecycle that continues before any of the
   * windows gives the same.
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
          resolves once                          | V M M   | opened(0) resolved(0) .            | 0
          it opens anew                          | V M V   | opened(0) resolved(0) opened(2)    | 1
          undetermined each time has an event    | U U     | undetermined undetermined          | 0
          undetermined does not resolve          | V U     | opened(0) undetermined             | 1
          undetermined does not renew            | V U V   | opened(0) undetermined continued(0) | 1
          undetermined, then met, resolves       | V U M   | opened(0) undetermined resolved(0) | 0
          silence with reports resolves          | V -     | opened(0) resolved(0)              | 0
          silence without reports does not       | V -0    | opened(0) .                        | 1
          silence without reports does not renew | V -0 V  | opened(0) . continued(0)           | 1
          undetermined without reports stays     | V U0 M  | opened(0) undetermined resolved(0) | 0
          nothing open, no event                 | - -0    | . .                                | 0
          violated wins over met                 | V VM    | opened(0) continued(0)             | 1
          violated and undetermined both have events | VU     | opened(0)+undetermined             | 1
          undetermined wins over met             | V UM    | opened(0) undetermined             | 1
          two violations of one promise open once | VV VV M | opened(0)+opened(0) continued(0)+continued(0) resolved(0) | 0
          """)
  void rules(String rule, String windows, String expected, int open) {
    assertStory(Damping.NONE, windows, expected, open);
  }

  /** The same, damped: open_after/resolve_after. */
  @ParameterizedTest(name = "{0}: {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          once is not enough to open             | 2/3 | V           | .                       | 0
          opens, since the first in a row        | 2/3 | M V V V     | . . opened(1) continued(1) | 1
          met counts violated ones anew          | 2/3 | V M V V     | . . . opened(2)         | 1
          not mentioned is met                   | 2/3 | V - V V     | . . . opened(2)         | 1
          undetermined between does not count    | 2/3 | V U V       | . undetermined opened(0) | 1
          nor does it lead to opening            | 2/3 | V U U       | . undetermined undetermined | 0
          nor does silence                       | 2/3 | V -0 V      | . . opened(0)           | 1
          violated wins over met                 | 2/3 | V VM        | . opened(0)             | 1
          twice in one window counts once        | 2/3 | VV VV       | . opened(0)+opened(0)   | 1
          the third met in a row resolves        | 2/3 | V V M M M   | . opened(0) . . resolved(0) | 0
          until then it is open                  | 2/3 | V V M M     | . opened(0) . .         | 1
          violated counts met ones anew          | 2/3 | V V M M V M M M | . opened(0) . . continued(0) . . resolved(0) | 0
          undetermined between met does not count | 2/3 | V V M U M M | . opened(0) . undetermined . resolved(0) | 0
          nor does silence between them          | 2/3 | V V M -0 M M | . opened(0) . . . resolved(0) | 0
          not mentioned resolves too             | 2/3 | V V - M -   | . opened(0) . . resolved(0) | 0
          after that it is counted from one      | 2/1 | V V M V V   | . opened(0) resolved(0) . opened(3) | 1
          opens at once, resolves late           | 1/2 | V M V M M   | opened(0) . continued(0) . resolved(0) | 0
          opens late, resolves at once           | 3/1 | V V V M     | . . opened(0) resolved(0) | 0
          """)
  void damping(String rule, String afters, String windows, String expected, int open) {
    String[] after = afters.split("/", -1);
    Damping damping = new Damping(Integer.parseInt(after[0]), Integer.parseInt(after[1]));
    assertStory(damping, windows, expected, open);
  }

  private void assertStory(Damping damping, String windows, String expected, int open) {
    Contract contract = Given.contract("detector", new Schedule.Tumbling(10_000, 2_000, damping));
    List<String> steps = List.of(windows.split(" ", -1));
    for (int restart = 0; restart <= steps.size(); restart++) {
      assertThat(story(contract, steps, restart))
          .as("taken over at %s", restart)
          .isEqualTo(expected);
      assertThat(lifecycle.openCounts().values().stream().mapToInt(Integer::intValue).sum())
          .isEqualTo(open);
    }
  }

  /** The events if another lifecycle continues before a window, with the statuses so far. */
  private String story(Contract contract, List<String> steps, int restart) {
    Map<String, Status> told = new TreeMap<>();
    List<String> events = new ArrayList<>();
    lifecycle = new Lifecycle(Given.PARTITION);
    for (int n = 0; n < steps.size(); n++) {
      if (n == restart) {
        lifecycle = new Lifecycle(Given.PARTITION);
        assertThat(lifecycle.restore(read(told), new ContractSet(List.of(contract)), "another"))
            .isEqualTo(Changes.NONE);
      }
      Changes changes = apply(contract, n, steps.get(n));
      assertThat(changes.events()).extracting(Event::id).doesNotHaveDuplicates();
      events.add(
          changes.events().isEmpty()
              ? "."
              : String.join("+", changes.events().stream().map(LifecycleTest::shorthand).toList()));
      told.putAll(changes.statuses());
    }
    return String.join(" ", events);
  }

  private static List<Status> read(Map<String, Status> told) {
    List<Status> read = new ArrayList<>();
    for (Status status : told.values()) {
      try {
        read.add(StatusJson.read(StatusJson.write(status)));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return read;
  }

  @Test
  void keepsPromisesApart() {
    Verdict gateway = Given.verdict(Verdict.Kind.VIOLATED, "latency", "gateway", Given.CONDITION);
    Verdict model = Given.verdict(Verdict.Kind.VIOLATED, "latency", "model", Given.CONDITION);
    Verdict gatewayMet = Given.verdict(Verdict.Kind.MET, "latency", "gateway", Given.CONDITION);

    assertThat(apply(Given.window(0, 1), gateway, model)).hasSize(2);
    assertThat(apply(Given.window(1, 1), model, gatewayMet))
        .extracting(event -> event.promise().stage(), Event::type)
        .containsExactly(
            tuple("model", Event.Type.CONTINUED), tuple("gateway", Event.Type.RESOLVED));
    assertThat(lifecycle.openCounts()).hasSize(2);
    lifecycle
        .openCounts()
        .forEach(
            (labels, count) -> assertThat(count).isEqualTo(labels.stage().equals("model") ? 1 : 0));
  }

  @Test
  void keepsApplicationsApart() {
    apply(Given.window(0, 1), Given.verdict(Verdict.Kind.VIOLATED));
    EvaluationInput in = Given.window(0, 1);
    EvaluationInput other =
        EvaluationInput.ofWindow(in.contract(), "another", in.window(), in.summary());

    assertThat(apply(other, Given.verdict(Verdict.Kind.VIOLATED)))
        .extracting(Event::type)
        .containsExactly(Event.Type.OPENED);
    assertThat(lifecycle.openCounts().values()).containsExactly(2);
  }

  @Test
  void resolvedSaysWhatWasObserved_andWhatTheViolationSaid() {
    apply(Given.window(0, 1), Given.verdict(Verdict.Kind.VIOLATED));
    PromiseKey key = new PromiseKey("gateway-latency", "aaltosea1", "gateway", null);
    Verdict met =
        new Verdict(
            new Promise(key, key.name(), null, null, null, null, null),
            new Finding(Verdict.Kind.MET, Given.json("0.05"), null));

    Event resolved = apply(Given.window(1, 1), met).get(0);

    assertThat(resolved.verdict().finding().observed()).isEqualTo(Given.json("0.05"));
    assertThat(resolved.promise().severity()).isEqualTo("major");
    assertThat(resolved.promise().consumers()).containsExactly("student1");
    assertThat(resolved.since()).isEqualTo(Given.TEN);
    assertThat(resolved.evidence().worst()).isNull();
  }

  @Test
  void resolvedKeepsTheMessage_whenTheMessageIsThePromise() {
    apply(Given.window(0, 1), Given.message("too slow"));

    Event resolved = apply(Given.window(1, 1)).get(0);

    assertThat(resolved.type()).isEqualTo(Event.Type.RESOLVED);
    assertThat(resolved.reason()).isEqualTo(Event.Reason.KEPT);
    assertThat(resolved.verdict().finding().message()).isEqualTo("too slow");
    assertThat(resolved.verdict().finding().observed()).isNull();
  }

  private Changes apply(Contract contract, int n, String step) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < step.length(); i++) {
      switch (step.charAt(i)) {
        case 'V' -> verdicts.add(Given.verdict(Verdict.Kind.VIOLATED));
        case 'U' -> verdicts.add(Given.verdict(Verdict.Kind.UNDETERMINED));
        case 'M' -> verdicts.add(Given.verdict(Verdict.Kind.MET));
        default -> {}
      }
    }
    return apply(
        contract, Given.window(n, step.endsWith("0") ? 0 : 3), verdicts.toArray(Verdict[]::new));
  }

  private List<Event> apply(EvaluationInput input, Verdict... verdicts) {
    return apply(Given.contract(), input, verdicts).events();
  }

  private Changes apply(Contract contract, EvaluationInput input, Verdict... verdicts) {
    Changes changes = lifecycle.window(contract, input, List.of(verdicts), Given.REVISION);
    changes.events().forEach(EventSchema::assertValid);
    return changes;
  }

  private static String shorthand(Event event) {
    String label = event.type().label();
    String name = label.substring(label.lastIndexOf('.') + 1);
    return event.since() == null ? name : name + "(" + (event.since() - Given.TEN) / 10_000 + ")";
  }
}
