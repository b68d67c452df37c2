package qoa.core.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static qoa.core.contracts.ContractFolder.changed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContractMistakesTest {

  private static final String CONDITION =
      "{operator: less_equal, value: 0.1}\n          aggregate_function: ";

  @TempDir Path folder;

  static Stream<Arguments> allowed() {
    return Stream.of(
        arguments("value: 0.1", "value: 1"),
        arguments(
            CONDITION + "P95", "{operator: equal, value: true}\n          aggregate_function: OR"),
        arguments(
            "{operator: less_equal, value: 0.1}", "{operator: range, value: {min: 1, max: 1}}"),
        arguments("P95", "LAST"),
        arguments("response_time, unit: s", "a_metric_of_ours"),
        arguments("severity: major", "x-colour: red"),
        arguments("quality:\n", "x-anything: {at: all}\nquality:\n"),
        arguments("quality:\n", "quality:\n  x-wishes: [{name: faster}]\n"),
        arguments("grace: 2s", "x-why: [latency]"),
        arguments("{window: 10s, grace: 2s}", "{each: report, x-why: latency}"),
        arguments("value: 0.1", "value: 0.1, x-was: 0.2"),
        arguments("unit: s", "description: of all, records: [], x-y: 1"),
        arguments("aggregate_function: P95", "aggregate_function: P95\n          x-why: us"),
        arguments("less_equal, value: 0.1", "range, value: {min: 0.1, max: 0.2, x-was: {min: 0}}"),
        arguments("quality:\n", "quality:\n  security: [{encryption: {}}]\n"),
        arguments("evaluate: {window: 10s, grace: 2s}", "evaluate: {each: report}"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("allowed")
  void allows(String part, String other) throws Exception {
    write("c.yaml", changed(part, other));
    assertThat(ContractLoader.load(folder).contracts()).hasSize(1);
  }

  static Stream<Arguments> mistakes() {
    String constraint = "/quality/service/0/constraint_list/0";
    return Stream.of(
        // the header
        mistake(
            "id: first",
            "id: a b",
            "1: /id: is \"a b\"; expected a name of letters, digits, '.', '_' and '-'"),
        mistake(
            "id: first",
            "id: 5",
            "1: /id: is 5; expected a name of letters, digits, '.', '_' and '-'"),
        mistake(
            "id: first\n",
            "",
            "1: /id: is missing; expected a name of letters, digits, '.', '_' and '-'"),
        mistake(
            "version: 1.2.0",
            "version: 1.10",
            "2: /version: is 1.1; expected quotes around it, because YAML reads 1.10 as 1.1"),
        mistake(
            "version: 1.2.0\n", "", "1: /version: is missing; expected a version, such as 1.2.0"),
        mistake(
            "application: shop",
            "application: ''",
            "3: /application: is \"\"; expected the name of an application, or \"*\""),
        mistake(
            "application: shop",
            "application: [a]",
            "3: /application: is [\"a\"]; expected the name of an application, or \"*\""),
        mistake(
            "quality:",
            "policy: 5\nquality:",
            "8: /policy: is 5; expected a Rego package, such as qoa.contract"),
        mistake("quality:", "polcy: a.b\nquality:", "8: /polcy: unknown key; did you mean policy?"),
        mistake(
            "evaluate: {window: 10s, grace: 2s}",
            "evaluate: 10s",
            "4: /evaluate: is \"10s\"; expected {window: 10s, grace: 2s} or {each: report}"),
        mistake(
            "evaluate: {window: 10s, grace: 2s}\n",
            "",
            "1: /evaluate: is missing; expected {window: 10s, grace: 2s} or {each: report}"),
        mistake(
            "window: 10s",
            "window: 10",
            "4: /evaluate/window: is 10; expected a duration such as 500ms, 10s, 5m, 1h or 1d"),
        mistake("window: 10s", "window: 0s", "4: /evaluate/window: is \"0s\"; expected 1ms to 1d"),
        mistake("window: 10s", "window: 2d", "4: /evaluate/window: is \"2d\"; expected 1ms to 1d"),
        mistake("grace: 2s", "grace: 2d", "4: /evaluate/grace: is \"2d\"; expected 0s to 1d"),
        mistake("grace: 2s", "grase: 2s", "4: /evaluate/grase: unknown key; did you mean grace?"),
        mistake(
            "{window: 10s, grace: 2s}",
            "{each: minute}",
            "4: /evaluate/each: is \"minute\"; expected report"),
        mistake(
            "{window: 10s, grace: 2s}",
            "{each: report, window: 1s}",
            "4: /evaluate: is {\"each\":\"report\",\"window\":\"1s\"}; expected either window or each, not both"),
        mistake(
            "{id: seller, ",
            "{",
            "6: /stakeholders/0/id: is missing; expected the name of the stakeholder",
            "12: /quality/service/0/provider: is \"seller\"; expected a stakeholder of the contract: one of buyer"),
        mistake(
            "id: buyer",
            "id: seller",
            "7: /stakeholders/1/id: seller is the id of /stakeholders/0 too; keep one, with all roles",
            "13: /quality/service/0/consumers/0: is \"buyer\"; expected a stakeholder of the contract: one of seller"),
        mistake(
            "roles: ml_consumer",
            "roles: 5",
            "7: /stakeholders/1/roles: is 5; expected a role, such as ml_provider, or a list of roles"),
        // the schema
        mistake(
            "less_equal",
            "lessequal",
            "18: "
                + constraint
                + "/condition/operator: is \"lessequal\"; expected one of range, less_equal, greater_equal, less_than, greater_than, equal; did you mean less_equal?"),
        mistake(
            "P95",
            "p96",
            "19: "
                + constraint
                + "/aggregate_function: is \"p96\"; expected one of MIN, MAX, AVERAGE, SUM, COUNT, OR, AND, PRODUCT, P50, P95, P99, LAST; did you mean P95?"),
        mistake(
            "[ml_provider]",
            "[ml_povider]",
            "6: /stakeholders/0/roles/0: is \"ml_povider\"; expected one of ml_provider, ml_consumer, ml_infrastructure; did you mean ml_provider?"),
        mistake(
            "roles: ml_consumer",
            "roles: consumer",
            "7: /stakeholders/1/roles: is \"consumer\"; expected one of ml_provider, ml_consumer, ml_infrastructure; did you mean ml_consumer?"),
        mistake(
            "value: 0.1",
            "value: fast",
            "18: "
                + constraint
                + "/condition/value: is \"fast\"; expected a number; only OR and AND take true or false; only range takes {min, max}"),
        mistake(
            "metric_name: response_time",
            "metric_name: 5",
            "17: " + constraint + "/metrics/metric_name: is 5; expected a string"),
        mistake(
            "unit: s",
            "unit: 5",
            "17: " + constraint + "/metrics/unit: is 5; expected a string or nothing"),
        mistake(
            "          aggregate_function: P95\n",
            "",
            "17: "
                + constraint
                + "/aggregate_function: is missing; expected one of MIN, MAX, AVERAGE, SUM, COUNT, OR, AND, PRODUCT, P50, P95, P99, LAST"),
        mistake(
            "constraint_list:",
            "constraint_lst:",
            "16: /quality/service/0/constraint_lst: unknown key; did you mean constraint_list?"),
        mistake(
            "operator: less_equal",
            "operater: less_equal",
            "18: " + constraint + "/condition/operater: unknown key; did you mean operator?"),
        mistake(
            "{operator: less_equal, value: 0.1}",
            "{operator: range, value: {min: 1, mx: 2}}",
            "18: " + constraint + "/condition/value/mx: unknown key; did you mean max?"),
        mistake(
            "application: shop",
            "aplication: shop",
            "3: /aplication: unknown key; did you mean application?"),
        mistake(
            "window: 10s", "windw: 10s", "4: /evaluate/windw: unknown key; did you mean window?"),
        mistake(
            "{window: 10s, grace: 2s}",
            "{eech: report}",
            "4: /evaluate/eech: unknown key; did you mean each?"),
        mistake(
            "    - name: latency\n      stage",
            "      stage",
            "9: /quality/service: is {\"stage\":\"gateway\",\"provider\":\"seller\",\"consumers\":[\"buyer\"]…; expected a list"),
        mistake(
            "quality:",
            "resources: {}\nquality:",
            "8: /resources/services_specs: is missing; expected a list",
            "8: /resources/data_specs: is missing; expected a map",
            "8: /resources/ml_specs: is missing; expected a map"),
        mistake("quality:", "qualities:", "8: /qualities: unknown key; did you mean quality?"),
        mistake(
            "roles: [ml_provider]",
            "role: ml_provider",
            "6: /stakeholders/0/role: unknown key; did you mean roles?"),
        mistake(
            "metric_name: response_time, ",
            "",
            "17: " + constraint + "/metrics/metric_name: is missing; expected a string"),
        mistake(
            ", value: 0.1",
            "",
            "18: "
                + constraint
                + "/condition/value: is missing; expected a map or a number or true or false"),
        // beyond the schema
        mistake(
            "provider: seller",
            "provider: seler",
            "12: /quality/service/0/provider: is \"seler\"; expected a stakeholder of the contract: one of buyer, seller; did you mean seller?"),
        mistake(
            "consumers: [buyer]",
            "consumers: [nobody]",
            "13: /quality/service/0/consumers/0: is \"nobody\"; expected a stakeholder of the contract: one of buyer, seller"),
        mistake(
            "consumers: [buyer]",
            "consumers: buyer",
            "13: /quality/service/0/consumers: is \"buyer\"; expected a list of stakeholder ids"),
        mistake(
            "severity: major",
            "severity: 1",
            "14: /quality/service/0/severity: is 1; expected a string, such as major"),
        mistake(
            "stage: gateway",
            "stage: [a]",
            "11: /quality/service/0/stage: is [\"a\"]; expected the name of a stage"),
        mistake(
            "stage: gateway",
            "stge: gateway",
            "11: /quality/service/0/stge: unknown key; did you mean stage?"),
        mistake(
            "min_count: 5",
            "min_count: 0",
            "15: /quality/service/0/min_count: is 0; expected an integer greater than 0"),
        mistake(
            "  service:", "  servise:", "9: /quality/servise: unknown key; did you mean service?"),
        mistake(
            "  service:",
            "  wishes:",
            "9: /quality/wishes: unknown key; expected one of cost, data, fairness, interpretability, ml_specific, privacy, security, service; your own keys start with x-"),
        mistake(
            "{operator: less_equal, value: 0.1}",
            "{operator: range, value: 1}",
            "18: "
                + constraint
                + "/condition/value: is 1; expected {min: …, max: …}, two numbers, min not greater than max"),
        mistake(
            "{operator: less_equal, value: 0.1}",
            "{operator: range, value: {min: 2, max: 1}}",
            "18: "
                + constraint
                + "/condition/value: is {\"min\":2,\"max\":1}; expected {min: …, max: …}, two numbers, min not greater than max"),
        mistake(
            "{operator: less_equal, value: 0.1}",
            "{operator: equal, value: {min: 2}}",
            "18: "
                + constraint
                + "/condition/value: is {\"min\":2}; expected a number; only OR and AND take true or false; only range takes {min, max}"),
        mistake(
            "value: 0.1",
            "value: true",
            "18: "
                + constraint
                + "/condition/value: is true; expected a number; only OR and AND take true or false; only range takes {min, max}"),
        mistake(
            "P95",
            "AND",
            "18: "
                + constraint
                + "/condition/value: is 0.1; expected true, false, 1 or 0, because OR and AND take booleans; only range takes {min, max}"),
        mistake(
            CONDITION + "P95",
            "{operator: range, value: {min: true, max: 0}}\n          aggregate_function: OR",
            "18: "
                + constraint
                + "/condition/value: is {\"min\":true,\"max\":0}; expected {min: …, max: …}, each of them true, false, 1 or 0, min not greater than max"));
  }

  private static Arguments mistake(String part, String other, String... messages) {
    return arguments(part, other, List.of(messages));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void namesLinePointerValueAndWhatWasExpected(String part, String other, List<String> messages)
      throws IOException {
    write("c.yaml", changed(part, other));
    assertThat(problems())
        .containsExactlyInAnyOrderElementsOf(
            messages.stream().map(message -> "c.yaml:" + message).toList());
  }

  private void write(String name, String content) throws IOException {
    new ContractFolder(folder).write(name, content);
  }

  private List<String> problems() {
    return new ContractFolder(folder).problems();
  }
}
