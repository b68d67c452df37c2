package qoa.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import qoa.rego.budget.Budget;
import qoa.rego.budget.Limits;
import qoa.rego.plan.PlanFormatException;
import qoa.rego.value.JsonReader;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/** The policies are in {@code cases/cases.rego}; {@code plan.json} beside it is made from it. */
class PreparedPlanTest {
  private static final long MUCH = 1L << 30;
  private static final EvaluationOptions OPTIONS = EvaluationOptions.at(1_763_900_000_000L);

  /** The line of {@code cases.rego} with the definition that contradicts another one. */
  private static final int COST_OF_ANY = 93;

  private final PreparedPlan plan = PreparedPlan.of(read("cases/plan.json"), "contract");

  private static JsonNode read(String name) {
    try (InputStream in = PreparedPlanTest.class.getResourceAsStream(name)) {
      return new JsonMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RegoValue json(String text) {
    try {
      return JsonReader.read(text, Budget.UNLIMITED);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String evaluate(String rule, String input, EvaluationOptions options) {
    return plan.evaluate("cases/" + rule, json(input), RegoObject.empty(), options).toString();
  }

  private PlanException failure(String rule, String input, EvaluationOptions options) {
    return catchThrowableOfType(PlanException.class, () -> evaluate(rule, input, options));
  }

  @Test
  void evaluate_endsAtStepLimit() {
    Limits limits = new Limits(100_000, MUCH, Duration.ofMinutes(1));
    PlanException failure = failure("explosion", "{}", OPTIONS.withLimits(limits));
    assertThat(failure.code()).isEqualTo(PlanException.LIMIT);
    assertThat(failure).hasMessageContaining("100000 steps");
  }

  @Test
  void evaluate_endsAtTimeLimit() {
    Limits limits = new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofMillis(50));
    long start = System.nanoTime();
    PlanException failure = failure("explosion", "{}", OPTIONS.withLimits(limits));
    assertThat(failure.code()).isEqualTo(PlanException.LIMIT);
    assertThat(failure).hasMessageContaining("50 ms");
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }

  @Test
  void evaluate_endsBeforeTextsFillTheMemory() {
    assertThat(failure("growth", "{}", OPTIONS).code()).isEqualTo(PlanException.LIMIT);
  }

  @Test
  void evaluate_reportsConflict_withItsPlace() {
    assertThat(evaluate("conflict", "{\"x\": 1}", OPTIONS)).isEqualTo("{{\"result\": 1}}");
    PlanException failure = failure("conflict", "{\"x\": 2}", OPTIONS);
    assertThat(failure.code()).isEqualTo(PlanException.CONFLICT);
    assertThat(failure.location().file()).endsWith("cases.rego");
    assertThat(failure.location().row()).isEqualTo(17);
  }

  @Test
  void builtinFailure_isUndefined_unlessStrict() {
    assertThat(evaluate("fails", "{\"text\": \"no number\"}", OPTIONS)).isEqualTo("set()");
    EvaluationOptions strict = OPTIONS.withStrictBuiltinErrors();
    assertThat(failure("fails", "{\"text\": \"no number\"}", strict).code())
        .isEqualTo(PlanException.BUILTIN);
    assertThat(failure("fails", "{\"text\": []}", strict).code()).isEqualTo(PlanException.TYPE);
    assertThat(evaluate("fails", "{\"text\": \"12\"}", strict)).isEqualTo("{{\"result\": 12}}");
  }

  @Test
  void random_isTheSameForTheSameSeedAndName() {
    assertThat(evaluate("random", "{}", OPTIONS)).isEqualTo(evaluate("random", "{}", OPTIONS));
  }

  @Test
  void clock_isTheGivenOne() {
    assertThat(evaluate("now", "{}", OPTIONS)).isEqualTo("{{\"result\": 1763900000000}}");
  }

  @Test
  void with_changesTheInput_forItsExpressionOnly() {
    assertThat(evaluate("with_and_without", "{\"value\": 5, \"limit\": 9}", OPTIONS))
        .isEqualTo("{{\"result\": [\"no\", \"yes\", \"no\"]}}");
  }

  @Test
  void with_hidesWhatIsSharedByAContract() {
    RegoValue data = json("{\"contracts\": {\"a\": {\"limit\": 1}, \"b\": {\"limit\": 2}}}");
    SharedResults shared = plan.shared();
    for (int i = 0; i < 2; i++) {
      assertThat(shared("of_two_contracts", "{\"contract\": \"a\"}", data, shared, OPTIONS))
          .isEqualTo("{{\"result\": [1, 2, 1]}}");
    }
  }

  @Test
  void whatDependsOnTheContractAlone_isComputedOnce() {
    SharedResults shared = plan.shared();
    String input = "{\"contract\": \"a\"}";
    RegoValue first = json("{\"contracts\": {\"a\": {\"limit\": 1}}}");
    assertThat(shared("of_contract", input, first, shared, OPTIONS)).isEqualTo("{{\"result\": 1}}");
    RegoValue second = json("{\"contracts\": {\"a\": {\"limit\": 2}}}");
    assertThat(shared("of_contract", input, second, shared, OPTIONS))
        .as("taken from the evaluation before: data are said to be the same")
        .isEqualTo("{{\"result\": 1}}");
    assertThat(shared("of_contract", input, second, plan.shared(), OPTIONS))
        .isEqualTo("{{\"result\": 2}}");
  }

  @Test
  void whatIsShared_costsEachEvaluationTheSame() {
    SharedResults shared = plan.shared();
    RegoValue data = json("{\"contracts\": {\"a\": {\"limit\": 1}, \"b\": {\"limit\": 2}}}");
    RegoValue input = json("{\"contract\": \"a\", \"x\": 1}");
    List<Long> left = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      for (String rule : List.of("of_contract_and_input", "of_contract", "of_two_contracts")) {
        PlanRun evaluation = plan.begin(OPTIONS, shared);
        evaluation.evaluate("cases/" + rule, input, data);
        left.add(evaluation.stepsLeft());
        PlanRun fresh = plan.begin(OPTIONS, plan.shared());
        fresh.evaluate("cases/" + rule, input, data);
        assertThat(evaluation.stepsLeft()).as(rule).isEqualTo(fresh.stepsLeft());
      }
    }
    assertThat(left.subList(3, 6)).isEqualTo(left.subList(0, 3));
    assertThat(left.get(0)).isLessThan(OPTIONS.limits().steps());
  }

  @Test
  void whatIsUndefinedForAContract_staysUndefined() {
    SharedResults shared = plan.shared();
    RegoValue data = json("{\"contracts\": {}}");
    for (int i = 0; i < 2; i++) {
      assertThat(shared("of_contract", "{\"contract\": \"a\"}", data, shared, OPTIONS))
          .isEqualTo("set()");
    }
  }

  @Test
  void whatDependsOnTimeOrOtherInput_isComputedEachTime() {
    SharedResults shared = plan.shared();
    RegoValue data = json("{\"contracts\": {\"a\": {\"limit\": 1}}}");
    for (int i = 7; i < 9; i++) {
      String input = "{\"contract\": \"a\", \"x\": " + i + "}";
      String expected = "{{\"result\": [1, " + i + "]}}";
      assertThat(shared("of_contract_and_input", input, data, shared, OPTIONS)).isEqualTo(expected);
      assertThat(shared("of_contract_and_time", input, data, shared, EvaluationOptions.at(i)))
          .isEqualTo(expected);
    }
  }

  private String shared(
      String rule, String input, RegoValue data, SharedResults shared, EvaluationOptions options) {
    return plan.begin(options, shared).evaluate("cases/" + rule, json(input), data).toString();
  }

  @Test
  void definitions_areChosenByTheConstantsOfTheirArguments() {
    String names = "\"names\": [\"time\", \"size\", \"cost_a\", \"other\"]";
    assertThat(evaluate("units", "{" + names + "}", OPTIONS))
        .isEqualTo("{{\"result\": [\"s\", \"b\", \"USD\"]}}");
    assertThat(evaluate("units", "{\"binary\": true, " + names + "}", OPTIONS))
        .isEqualTo("{{\"result\": [\"s\", \"B\", \"USD\"]}}");
  }

  @Test
  void definitionsBesideThoseOfAConstant_mustAgreeWithThem() {
    String given = "{\"names\": [\"small\", \"large\", \"other\"], \"n\": 7, ";
    assertThat(evaluate("costs", given + "\"extra\": {\"small\": 0, \"other\": 1}}", OPTIONS))
        .isEqualTo("{{\"result\": [7, 14, 8]}}");
    PlanException failure = failure("costs", given + "\"extra\": {\"small\": 2}}", OPTIONS);
    assertThat(failure.code()).isEqualTo(PlanException.CONFLICT);
    assertThat(failure).hasMessageContaining("functions must not produce multiple outputs");
    assertThat(failure.location().row()).isEqualTo(COST_OF_ANY);
  }

  @Test
  void definitions_mayBesideOthersFindTheirValueInALoop() {
    String given = "{\"names\": [\"small\", \"large\", \"other\"], \"n\": 7, \"agreed\": ";
    assertThat(evaluate("prices", given + "[\"small\", \"other\"]}", OPTIONS))
        .isEqualTo("{{\"result\": [7, 14, 7]}}");
    assertThat(failure("prices", given + "[\"large\"]}", OPTIONS).code())
        .isEqualTo(PlanException.CONFLICT);
  }

  @Test
  void alternatives_areTriedInTheirOrder_eachWithVariablesOfItsOwn() {
    String ranges =
        "[{\"low\": 6, \"high\": 9}, {\"low\": 1, \"high\": 9}, {\"low\": 1, \"high\": 0},"
            + " {\"high\": 3}, {}]";
    assertThat(evaluate("bounds", "{\"ranges\": " + ranges + "}", OPTIONS))
        .isEqualTo("{{\"result\": [6, 90, [1, 0], 30, [null, null]]}}");
  }

  @Test
  void literals_areNotChangedByWhatIsMadeOfThem() {
    String first = "{\"a\": 5, \"b\": null, \"c\": [1, 5]}";
    String second = "{\"a\": 1, \"b\": null, \"c\": [1, 5], \"d\": 2}";
    assertThat(evaluate("literals", "{\"x\": 5}", OPTIONS))
        .isEqualTo("{{\"result\": [" + first + ", " + second + ", " + first + "]}}");
  }

  @Test
  void print_goesToThePrinter() {
    List<String> lines = new ArrayList<>();
    EvaluationOptions options = EvaluationOptions.at(0).withPrinter(lines::add);
    assertThat(evaluate("said", "{\"x\": 3}", options)).isEqualTo("{{\"result\": 3}}");
    assertThat(lines).isSubsetOf("x is 3");
  }

  @Test
  void evaluate_namesTheEntrypoints_whenThereIsNoSuchOne() {
    assertThatThrownBy(() -> evaluate("nothing", "{}", OPTIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cases/nothing")
        .hasMessageContaining("cases/conflict");
  }

  @Test
  void of_namesBuiltinFileAndLine_whenTheProfileLacksIt() {
    ObjectNode changed = (ObjectNode) read("cases/plan.json");
    String text = changed.toString().replace("\"func\":\"to_number\"", "\"func\":\"http.send\"");
    assertThatThrownBy(() -> PreparedPlan.of(new JsonMapper().readTree(text)))
        .isInstanceOf(PlanFormatException.class)
        .hasMessageContaining("cases.rego:19:")
        .hasMessageContaining("http.send");
    assertThatThrownBy(() -> PreparedPlan.of(new JsonMapper().createObjectNode()))
        .isInstanceOf(PlanFormatException.class);
  }

  @Test
  void onePlan_servesManyThreads() throws IOException, InterruptedException, ExecutionException {
    PreparedPlan thresholds = Thresholds.plan();
    RegoValue met = Thresholds.input(0.05, 0.5);
    RegoValue violated = Thresholds.input(0.2, 0.95);
    RegoSet noneExpected = thresholds.evaluate(Thresholds.ENTRYPOINT, met, null, OPTIONS);
    RegoSet twoExpected = thresholds.evaluate(Thresholds.ENTRYPOINT, violated, null, OPTIONS);
    assertThat(noneExpected.toString()).isEqualTo("{{\"result\": set()}}");
    assertThat(twoExpected.toString()).contains("response-time").contains("cpu-usage");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Boolean>> rounds = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      rounds.add(
          threads.submit(
              () -> {
                boolean right = true;
                for (int i = 0; i < 2_000; i++) {
                  RegoSet none = thresholds.evaluate(Thresholds.ENTRYPOINT, met, null, OPTIONS);
                  RegoSet two = thresholds.evaluate(Thresholds.ENTRYPOINT, violated, null, OPTIONS);
                  right &= none.equals(noneExpected) && two.equals(twoExpected);
                }
                return right;
              }));
    }
    for (Future<Boolean> round : rounds) {
      assertThat(round.get()).isTrue();
    }
    threads.shutdown();
  }
}
