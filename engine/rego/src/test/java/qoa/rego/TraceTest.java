package qoa.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import qoa.rego.budget.Budget;
import qoa.rego.value.JsonReader;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoValue;

/** The policies are in {@code cases/cases.rego}; {@code plan.json} beside it is made from it. */
class TraceTest {
  private static final EvaluationOptions OPTIONS = EvaluationOptions.at(7);

  private final PreparedPlan plan = plan();
  private final List<String> told = new ArrayList<>();

  private final Trace trace =
      new Trace() {
        @Override
        public void enter(Call call) {
          told.add("enter " + shown(call));
        }

        @Override
        public void leave(Call call, RegoValue result) {
          told.add("leave " + shown(call) + " = " + result);
        }

        @Override
        public void builtin(Call call, RegoValue result) {
          told.add(shown(call) + " = " + result);
        }
      };

  private static PreparedPlan plan() {
    try (InputStream in = TraceTest.class.getResourceAsStream("cases/plan.json")) {
      return PreparedPlan.of(new JsonMapper().readTree(in), "contract");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String shown(Trace.Call call) {
    return call.name().replace("data.cases.", "")
        + (call.operands().isEmpty() ? "" : call.operands())
        + "@"
        + call.location().row();
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

  @Test
  void rules_areTold_withTheirResults_againWhereInputChanges() {
    evaluate("with_and_without", "{\"value\": 5, \"limit\": 9}", OPTIONS.withTrace(trace));

    assertThat(told)
        .filteredOn(line -> !line.startsWith("gt"))
        .containsExactly(
            "enter with_and_without@37",
            "enter exceeded_or_not@33",
            "enter exceeded@27",
            "enter limit@25",
            "leave limit@25 = 9",
            "leave exceeded@27 = null",
            "leave exceeded_or_not@33 = \"no\"",
            "enter exceeded_or_not@33",
            "enter exceeded@27",
            "enter limit@25",
            "leave limit@25 = 1",
            "leave exceeded@27 = true",
            "leave exceeded_or_not@33 = \"yes\"",
            "enter exceeded_or_not@33",
            "enter exceeded@27",
            "enter limit@25",
            "leave limit@25 = 9",
            "leave exceeded@27 = null",
            "leave exceeded_or_not@33 = \"no\"",
            "leave with_and_without@37 = [\"no\", \"yes\", \"no\"]");
  }

  @Test
  void builtins_areTold_withOperandsAndResults() {
    evaluate("with_and_without", "{\"value\": 5, \"limit\": 9}", OPTIONS.withTrace(trace));

    assertThat(told).contains("gt[5, 9]@27 = false", "gt[5, 1]@27 = true");
  }

  @Test
  void builtinThatFails_isToldAsUndefined_andFailsUnderStrictErrors() {
    evaluate("fails", "{\"text\": \"no number\"}", OPTIONS.withTrace(trace));

    List<String> expected = List.of("enter fails@19", "to_number[\"no number\"]@19 = null");
    assertThat(told).startsWith(expected.toArray(String[]::new)).contains("leave fails@19 = null");
    told.clear();
    EvaluationOptions strict = OPTIONS.withTrace(trace).withStrictBuiltinErrors();
    assertThatThrownBy(() -> evaluate("fails", "{\"text\": \"no number\"}", strict))
        .isInstanceOf(PlanException.class);
    assertThat(told).isEqualTo(expected);
  }

  @Test
  void functions_areTold_withTheirArguments() {
    evaluate("units", "{\"names\": [\"time\"]}", OPTIONS.withTrace(trace));

    assertThat(told)
        .anyMatch(line -> line.matches("enter unit_of\\[\"time\"]@\\d+"))
        .anyMatch(line -> line.matches("leave unit_of\\[\"time\"]@\\d+ = \"s\""));
  }

  @Test
  void aTrace_changesNeitherAnswersNorSteps() {
    SharedResults shared = plan.shared();
    RegoValue data = json("{\"contracts\": {\"a\": {\"limit\": 1}, \"b\": {\"limit\": 2}}}");
    RegoValue input = json("{\"contract\": \"a\", \"x\": 1, \"names\": [\"time\", \"other\"]}");
    for (String rule : List.of("of_two_contracts", "of_contract", "units", "literals", "now")) {
      PlanRun plain = plan.begin(OPTIONS, shared);
      PlanRun traced = plan.begin(OPTIONS.withTrace(trace), shared);

      String answers = plain.evaluate("cases/" + rule, input, data).toString();
      assertThat(traced.evaluate("cases/" + rule, input, data).toString()).isEqualTo(answers);
      assertThat(traced.stepsLeft()).as(rule).isEqualTo(plain.stepsLeft());
    }
  }

  @Test
  void aTrace_isToldOfRules_whoseResultsAreShared() {
    SharedResults shared = plan.shared();
    RegoValue data = json("{\"contracts\": {\"a\": {\"limit\": 1}}}");
    plan.begin(OPTIONS, shared).evaluate("cases/of_contract", json("{\"contract\": \"a\"}"), data);

    plan.begin(OPTIONS.withTrace(trace), shared)
        .evaluate("cases/of_contract", json("{\"contract\": \"a\"}"), data);

    assertThat(told)
        .anyMatch(line -> line.matches("leave of_contract@\\d+ = 1"))
        .anyMatch(line -> line.startsWith("enter document@"));
  }
}
