package qoa.core.evaluate.plan;

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
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.Schedule;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.Revision;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Verdict;
import qoa.core.model.Window;
import qoa.core.model.WindowSummary;
import qoa.core.policies.PolicyModule;
import qoa.core.policies.PolicySet;
import qoa.rego.budget.Limits;

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
    evaluator = new PlanEvaluator(Limits.DEFAULT, Clock.systemUTC());
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
  void evaluate_judgesWhatIsNotAtFault_andTheSameAtEachReplay() throws ProblemsException {
    String sometimes =
        """
        package sometimes

        met contains {"constraint": "c"} if not explodes

        explodes if count(numbers.range(1, 1000000000 - (1000000000 * min([1, input.reports % 13])))) > 2
        """;
    prepare(Map.of("sometimes", sometimes));
    List<Evaluation> batch = new ArrayList<>();
    for (int i = 1; i < 200; i++) {
      batch.add(evaluation("sometimes", i));
    }

    List<Outcome> outcomes = evaluator.evaluate(batch);

    for (int i = 1; i < 200; i++) {
      Outcome outcome = outcomes.get(i - 1);
      if (i % 13 == 0) {
        assertThat(outcome.toString()).startsWith("Failed").contains("eval_cancel_error");
      } else {
        assertThat(kinds(outcome)).containsExactly(Verdict.Kind.MET);
      }
    }
    create();
    prepare(Map.of("sometimes", sometimes));
    assertThat(evaluator.evaluate(batch)).isEqualTo(outcomes);
  }

  @Test
  void evaluate_cutsAnObservedValueNestedTooDeeply() throws ProblemsException {
    String deep =
        """
        package deep

        ten(x) := [[[[[[[[[[x]]]]]]]]]]

        hundred(x) := ten(ten(ten(ten(ten(ten(ten(ten(ten(ten(x))))))))))

        violation contains {"constraint": "c", "observed": hundred(input.reports)}
        """;
    prepare(Map.of("deep", deep));

    Outcome outcome = evaluator.evaluate(List.of(evaluation("deep", 1))).get(0);

    String expected = "[".repeat(32) + "\"… (cut)\"" + "]".repeat(32);
    assertThat(((Outcome.Defined) outcome).verdicts().get(0).finding().observed())
        .hasToString(expected);
  }

  @Test
  void evaluate_fails_whereAValueIsNestedSoDeepThatNobodyCouldWalkThroughIt()
      throws ProblemsException {
    String deep =
        """
        package deep

        ten(x) := [[[[[[[[[[x]]]]]]]]]]

        hundred(x) := ten(ten(ten(ten(ten(ten(ten(ten(ten(ten(x))))))))))

        thousand(x) := hundred(hundred(hundred(hundred(hundred(hundred(hundred(hundred(hundred(hundred(x))))))))))

        violation contains {"constraint": "c", "observed": thousand(thousand(input.reports))}
        """;
    prepare(Map.of("deep", deep));

    assertThat(evaluator.evaluate(List.of(evaluation("deep", 1))).get(0).toString())
        .contains("eval_cancel_error: a value nested more than 1100 levels deep");
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
        EvaluationInput.ofWindow(
            policy,
            "app",
            new Window(0, 10),
            new WindowSummary(reports, Map.of(), Map.of(), null, null, null));
    return new Evaluation(contract(policy), input);
  }

  private static List<Verdict.Kind> kinds(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Defined.class);
    return ((Outcome.Defined) outcome).verdicts().stream().map(Verdict::kind).toList();
  }
}
