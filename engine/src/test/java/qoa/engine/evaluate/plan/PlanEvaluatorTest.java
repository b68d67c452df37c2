package qoa.engine.evaluate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import qoa.engine.contracts.Contract;
import qoa.engine.contracts.ContractSet;
import qoa.engine.contracts.Schedule;
import qoa.engine.evaluate.Evaluation;
import qoa.engine.evaluate.Outcome;
import qoa.engine.evaluate.Revision;
import qoa.engine.model.EvaluationInput;
import qoa.engine.model.ProblemsException;
import qoa.engine.model.Verdict;
import qoa.engine.model.Window;
import qoa.engine.policies.PolicyModule;
import qoa.engine.policies.PolicySet;

class PlanEvaluatorTest {

  private static final String FEW =
      """
      package few

      violation contains {"constraint": "few", "observed": input.reports} if input.reports < 10

      met contains {"constraint": "few"} if input.reports >= 10
      """;

  private PlanEvaluator evaluator;

  @BeforeEach
  void create() throws ProblemsException {
    evaluator = new PlanEvaluator(Duration.ofMillis(500), Clock.systemUTC());
  }

  @Test
  void evaluate_givesOutcomesByIndex() throws ProblemsException {
    prepare(Map.of("few", FEW));

    List<Outcome> outcomes = evaluator.evaluate(List.of(few(3), few(12)));

    assertThat(kinds(outcomes.get(0))).containsExactly(Verdict.Kind.VIOLATED);
    assertThat(kinds(outcomes.get(1))).containsExactly(Verdict.Kind.MET);
  }

  @Test
  void evaluate_beginsNoFurtherEvaluation_whenTheTimeIsOver() throws ProblemsException {
    prepare(Map.of("few", FEW));

    List<Outcome> outcomes = evaluator.evaluate(List.of(few(3), few(12), few(3)), 0);

    assertThat(outcomes).hasSize(3);
    assertThat(kinds(outcomes.get(0))).containsExactly(Verdict.Kind.VIOLATED);
    assertThat(outcomes.subList(1, 3)).containsOnlyNulls();
  }

  @Test
  void evaluate_isUndefined_whenThePackageHasNoneOfTheRules() throws ProblemsException {
    prepare(Map.of("few", FEW, "other", "package other\n\nallow := true\n"));

    assertThat(evaluator.evaluate(List.of(evaluation("other", 1))))
        .containsExactly(new Outcome.Undefined());
  }

  @Test
  void evaluate_failsOneInput_andNotItsNeighbours_whenRulesConflict() throws ProblemsException {
    String conflict =
        """
        package conflict

        size := "small" if input.reports < 10

        size := "odd" if input.reports == 3

        met contains {"constraint": size}
        """;
    prepare(Map.of("few", FEW, "conflict", conflict));

    List<Outcome> outcomes =
        evaluator.evaluate(List.of(evaluation("conflict", 3), few(12), evaluation("conflict", 4)));

    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("eval_conflict_error"));
    assertThat(kinds(outcomes.get(1))).containsExactly(Verdict.Kind.MET);
    assertThat(kinds(outcomes.get(2))).containsExactly(Verdict.Kind.MET);
  }

  @Test
  void evaluate_endsAPolicyThatExplodes_withinItsLimit() throws ProblemsException {
    String explodes =
        """
        package explodes

        violation contains {"constraint": "never"} if {
        	some a in data.explodes.all
        	some b in data.explodes.all
        	some c in data.explodes.all
        	a + b + c < 0
        }

        all := numbers.range(1, 3000)
        """;
    prepare(Map.of("few", FEW, "explodes", explodes));

    long start = System.nanoTime();
    List<Outcome> outcomes = evaluator.evaluate(List.of(evaluation("explodes", 1), few(12)));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Failed.class);
    assertThat(kinds(outcomes.get(1))).containsExactly(Verdict.Kind.MET);
  }

  @Test
  void evaluate_leavesTheTimeToOtherContracts_whenAPolicyExplodesEachTime()
      throws ProblemsException {
    String explodes =
        """
        package explodes

        all contains [a, b] if {
        	some a in numbers.range(1, 3000)
        	some b in numbers.range(1, 3000)
        }

        violation contains {"constraint": "never"} if {
        	some a in all
        	some b in all
        	a == b
        }
        """;
    prepare(Map.of("few", FEW, "explodes", explodes));
    List<Evaluation> batch = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      batch.add(evaluation("explodes", 1));
      batch.add(few(12));
    }

    long start = System.nanoTime();
    List<Outcome> outcomes = evaluator.evaluate(batch);

    // One that reaches its limit takes some 100 ms: a thousand of them would take minutes.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    for (int i = 0; i < batch.size(); i += 2) {
      assertThat(outcomes.get(i)).isInstanceOf(Outcome.Failed.class);
      assertThat(kinds(outcomes.get(i + 1))).containsExactly(Verdict.Kind.MET);
    }
  }

  @Test
  void prepare_namesFileAndLine_whenAPolicyNeedsABuiltinBeyondTheProfile() {
    String token =
        """
        package token

        met contains {"constraint": claim} if [_, {"claim": claim}, _] := io.jwt.decode(input.token)
        """;

    assertThatThrownBy(() -> prepare(Map.of("token", token)))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("token.rego:3")
        .hasMessageContaining("io.jwt.decode is no builtin of the evaluator plan");
  }

  @Test
  void prepare_takesARevisionWithoutPolicies() throws ProblemsException {
    prepare(Map.of());

    assertThat(evaluator.evaluate(List.of())).isEmpty();
  }

  @Test
  void evaluate_usesTheRevisionBefore_afterOneThatDoesNotCompile() throws ProblemsException {
    prepare(Map.of("few", FEW));
    assertThatThrownBy(
            () -> prepare(Map.of("few", FEW.replace("input.reports < 10", "nothing(1)"))))
        .isInstanceOf(ProblemsException.class);

    assertThat(kinds(evaluator.evaluate(List.of(few(3))).get(0)))
        .containsExactly(Verdict.Kind.VIOLATED);
  }

  private void prepare(Map<String, String> policies) throws ProblemsException {
    List<PolicyModule> modules =
        policies.entrySet().stream()
            .map(p -> new PolicyModule(p.getKey() + ".rego", p.getKey(), p.getValue(), false))
            .toList();
    List<Contract> contracts = policies.keySet().stream().map(PlanEvaluatorTest::contract).toList();
    evaluator.prepare(Revision.of(new PolicySet(modules), new ContractSet(contracts)));
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

  private static Evaluation few(long reports) {
    return evaluation("few", reports);
  }

  private static Evaluation evaluation(String policy, long reports) {
    EvaluationInput input =
        new EvaluationInput(
            policy, "app", new Window(0, 10), reports, Map.of(), Map.of(), null, false, null, null);
    return new Evaluation(contract(policy), input);
  }

  private static List<Verdict.Kind> kinds(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Defined.class);
    return ((Outcome.Defined) outcome).verdicts().stream().map(Verdict::kind).toList();
  }
}
