package qoa.core.evaluate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.Schedule;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Window;
import qoa.core.model.WindowSummary;
import qoa.core.policies.PolicyModule;
import qoa.core.policies.PolicySet;
import qoa.rego.budget.Limits;

class PlanOrOpaEvaluatorTest {

  private static final String PLAIN = "package plain\n\nmet contains {\"constraint\": \"plain\"}\n";

  private static final String TOKEN =
      """
      package token

      met contains {"constraint": claim} if [_, {"claim": claim}, _] := io.jwt.decode(input.token)
      """;

  /** Needs the builtin by way of another package. */
  private static final String CALLER =
      "package caller\n\nmet contains member if some member in data.token.met\n";

  private final FakeOpa opa = new FakeOpa();
  private final PlanOrOpaEvaluator evaluator =
      new PlanOrOpaEvaluator(
          new PlanEvaluator(Limits.DEFAULT, Clock.systemUTC()),
          () -> {
            opa.starts++;
            return opa;
          });

  /** Tells what it was asked. */
  private static final class FakeOpa implements PolicyEvaluator {
    final List<String> asked = new ArrayList<>();
    int starts;
    boolean closed;
    boolean away;
    boolean refuses;
    Revision prepared;

    @Override
    public void prepare(Revision revision) throws ProblemsException {
      if (refuses) {
        throw new ProblemsException(List.of(new Problem("token.rego", 0, null, "refused")));
      }
      prepared = revision;
    }

    @Override
    public List<Outcome> evaluate(List<Evaluation> batch) throws EvaluatorUnavailableException {
      if (away) {
        throw new EvaluatorUnavailableException("away", null);
      }
      batch.forEach(evaluation -> asked.add(evaluation.contract().id()));
      return batch.stream().map(PlanOrOpaEvaluatorTest::byOpa).toList();
    }

    @Override
    public List<Outcome> evaluate(List<Evaluation> batch, long nanos)
        throws EvaluatorUnavailableException {
      List<Outcome> outcomes = new ArrayList<>(evaluate(batch));
      if (nanos == 0) {
        Collections.fill(outcomes.subList(1, outcomes.size()), null);
      }
      return outcomes;
    }

    @Override
    public Optional<String> trouble() {
      return Optional.of("in trouble");
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @AfterEach
  void close() {
    evaluator.close();
  }

  @Test
  void evaluate_asksOpaForWhatThePlanLacks_andKeepsTheOrder() throws Exception {
    prepare(Map.of("plain", PLAIN, "token", TOKEN, "caller", CALLER), "plain", "token", "caller");

    List<Outcome> outcomes =
        evaluator.evaluate(
            List.of(
                evaluation("token"),
                evaluation("plain"),
                evaluation("caller"),
                evaluation("plain")));

    assertThat(opa.asked).containsExactly("token", "caller");
    assertThat(outcomes.get(0)).isEqualTo(byOpa(evaluation("token")));
    assertThat(outcomes.get(2)).isEqualTo(byOpa(evaluation("caller")));
    assertThat(outcomes.get(1)).isEqualTo(outcomes.get(3)).isInstanceOf(Outcome.Defined.class);
    assertThat(opa.prepared.policies().packages()).containsExactly("caller", "plain", "token");
    assertThat(evaluator.trouble()).contains("in trouble");
  }

  @Test
  void evaluate_keepsTheOrder_whereBothHaveTimeForOneEach() throws Exception {
    prepare(Map.of("plain", PLAIN, "token", TOKEN), "plain", "token");

    List<Outcome> outcomes =
        evaluator.evaluate(
            List.of(
                evaluation("token"),
                evaluation("token"),
                evaluation("plain"),
                evaluation("token"),
                evaluation("plain")),
            0);

    assertThat(outcomes.get(0)).isEqualTo(byOpa(evaluation("token")));
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Defined.class);
    assertThat(outcomes).filteredOn(Objects::isNull).hasSize(3);
  }

  @Test
  void prepare_startsNoOpa_whenNoContractNamesWhatThePlanLacks() throws Exception {
    prepare(Map.of("plain", PLAIN, "token", TOKEN), "plain");

    assertThat(evaluator.evaluate(List.of(evaluation("plain"))).get(0))
        .isInstanceOf(Outcome.Defined.class);
    assertThat(opa.starts).isZero();
    assertThat(evaluator.trouble()).isEmpty();
  }

  @Test
  void prepare_startsOpaOnce_andAsksItNoMore_whenThePlanHasEverythingAgain() throws Exception {
    prepare(Map.of("plain", PLAIN, "token", TOKEN), "token");
    prepare(Map.of("plain", PLAIN, "token", TOKEN), "token", "plain");
    prepare(Map.of("plain", PLAIN), "plain");

    evaluator.evaluate(List.of(evaluation("plain")));

    assertThat(opa.starts).isEqualTo(1);
    assertThat(opa.asked).isEmpty();
    assertThat(evaluator.trouble()).isEmpty();
  }

  @Test
  void prepare_keepsTheRevisionBefore_whenOpaDoesNotTakeTheNewOne() throws Exception {
    prepare(Map.of("plain", PLAIN), "plain");
    opa.refuses = true;

    assertThatThrownBy(
            () -> prepare(Map.of("plain", "package plain\n", "token", TOKEN), "plain", "token"))
        .hasMessage("token.rego: refused");

    assertThat(evaluator.evaluate(List.of(evaluation("plain"))).get(0))
        .isInstanceOf(Outcome.Defined.class);
  }

  @Test
  void prepare_tellsTheMistake_whenItIsNotTheProfile() {
    assertThatThrownBy(() -> prepare(Map.of("wrong", "package wrong\n\nx if y\n"), "wrong"))
        .hasMessage("wrong.rego:3: var y is unsafe");
  }

  @Test
  void evaluate_saysNothingOfTheBatch_whileOpaIsAway() throws Exception {
    prepare(Map.of("plain", PLAIN, "token", TOKEN), "plain", "token");
    opa.away = true;
    List<Evaluation> batch = List.of(evaluation("plain"), evaluation("token"));
    assertThatThrownBy(() -> evaluator.evaluate(batch))
        .isInstanceOf(EvaluatorUnavailableException.class);

    opa.away = false;

    assertThat(evaluator.evaluate(batch)).hasSize(2);
    assertThat(evaluator.evaluate(batch.subList(0, 1))).hasSize(1);
  }

  @Test
  void close_closesOpa() throws Exception {
    prepare(Map.of("token", TOKEN), "token");
    evaluator.close();
    assertThat(opa.closed).isTrue();
  }

  private void prepare(Map<String, String> policies, String... contracts) throws Exception {
    List<PolicyModule> modules =
        new TreeMap<>(policies)
            .entrySet().stream()
                .map(p -> new PolicyModule(p.getKey() + ".rego", p.getKey(), p.getValue(), false))
                .toList();
    ContractSet all =
        new ContractSet(List.of(contracts).stream().map(PlanOrOpaEvaluatorTest::contract).toList());
    evaluator.prepare(Revision.of(new PolicySet(modules), all));
  }

  private static Outcome byOpa(Evaluation evaluation) {
    return new Outcome.Failed("by OPA: " + evaluation.contract().id());
  }

  private static Contract contract(String policy) {
    return new Contract(
        policy,
        "1",
        "*",
        policy,
        new Schedule.EachReport(),
        List.of(),
        JsonNodeFactory.instance.objectNode(),
        policy + ".yaml");
  }

  private static Evaluation evaluation(String policy) {
    EvaluationInput input =
        EvaluationInput.ofWindow(
            policy,
            "app",
            new Window(0, 10),
            new WindowSummary(1, Map.of(), Map.of(), null, null, null));
    return new Evaluation(contract(policy), input);
  }
}
