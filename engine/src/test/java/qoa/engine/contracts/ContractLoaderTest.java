package qoa.engine.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import qoa.engine.contracts.Contract.Stakeholder;
import qoa.engine.model.ProblemsException;

class ContractLoaderTest {

  /** A whole contract, with lines to change; the numbers are those that messages name. */
  private static final String CONTRACT =
      """
      id: first
      version: 1.2.0
      application: shop
      evaluate: {window: 10s, grace: 2s}
      stakeholders:
        - {id: seller, roles: [ml_provider]}
        - {id: buyer, roles: ml_consumer}
      quality:
        service:
          - name: latency
            stage: gateway
            provider: seller
            consumers: [buyer]
            severity: major
            min_count: 5
            constraint_list:
              - metrics: {metric_name: response_time, unit: s}
                condition: {operator: less_equal, value: 0.1}
                aggregate_function: P95
      """;

  private static final String CONDITION =
      "{operator: less_equal, value: 0.1}\n          aggregate_function: ";

  @TempDir Path folder;

  @Test
  void readsTheHeader_andKeepsTheDocument() throws Exception {
    write("a/first.yaml", CONTRACT);
    Contract contract = ContractLoader.load(folder).contracts().get(0);
    assertThat(contract)
        .isEqualTo(
            new Contract(
                "first",
                "1.2.0",
                "shop",
                "qoa.contract",
                new Schedule.Tumbling(10_000, 2_000),
                List.of(
                    new Stakeholder("seller", Set.of("ml_provider")),
                    new Stakeholder("buyer", Set.of("ml_consumer"))),
                contract.document(),
                folder.resolve("a/first.yaml").toString()));
    assertThat(contract.document().at("/quality/service/0/constraint_list/0/condition/value"))
        .hasToString("0.1");
  }

  @Test
  void takesTenLines_forAFirstContract() throws Exception {
    write(
        "first.yaml",
        """
        id: first
        version: 1
        application: "*"
        evaluate: {window: 10s}
        stakeholders: [{id: seller, roles: [ml_provider]}]
        quality:
          service:
            - constraint_list:
                - metrics: {metric_name: response_time}
                  condition: {operator: less_equal, value: 0.1}
                  aggregate_function: AVERAGE
        """);
    Contract contract = ContractLoader.load(folder).contracts().get(0);
    assertThat(contract.schedule()).isEqualTo(new Schedule.Tumbling(10_000, 0));
    assertThat(contract.version()).isEqualTo("1");
  }

  @Test
  void readsEveryContractFile_inOrderOfIds() throws Exception {
    write("z.yml", CONTRACT.replace("id: first", "id: a"));
    write("deep/er/y.json", own("b").replace("\n", ", ").replaceFirst("(.*), ", "{$1}"));
    write("x.yaml", CONTRACT.replace("id: first", "id: c"));
    for (String other : List.of("x.yaml~", ".x.yaml", ".git/x.yaml", "README.md", "#x.yaml#")) {
      write(other, "not a contract");
    }
    assertThat(ContractLoader.load(folder).contracts())
        .extracting(Contract::id)
        .containsExactly("a", "b", "c");
  }

  @Test
  void leavesTheRestToThePolicy_whenItIsTheAuthors() throws Exception {
    write("own.json", own("own").replace("\n", ", ").replaceFirst("(.*), ", "{$1}"));
    Contract contract = ContractLoader.load(folder).contracts().get(0);
    assertThat(contract.policy()).isEqualTo("my.policy");
    assertThat(contract.schedule()).isEqualTo(new Schedule.EachReport());
    assertThat(contract.stakeholders()).isEmpty();
  }

  private static String own(String id) {
    return """
    "id": "%s"
    "version": "1.10"
    "application": "*"
    "policy": "my.policy"
    "evaluate": {"each": "report"}
    "quality": {"whatever": 5}
    """
        .formatted(id);
  }

  static Stream<Arguments> allowed() {
    return Stream.of(
        arguments("value: 0.1", "value: 1"),
        arguments(
            CONDITION + "P95", "{operator: equal, value: true}\n          aggregate_function: OR"),
        arguments(
            "{operator: less_equal, value: 0.1}", "{operator: range, value: {min: 1, max: 1}}"),
        arguments("P95", "LAST"),
        arguments("response_time, unit: s", "a_metric_of_ours"),
        arguments("severity: major", "colour: red"),
        arguments("quality:\n", "anything: {at: all}\nquality:\n"),
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
            "2: /version: is 1.1; expected quotes around it, since 1.10 reads as 1.1"),
        mistake(
            "version: 1.2.0\n", "", "1: /version: is missing; expected a version, such as 1.2.0"),
        mistake(
            "application: shop",
            "application: ''",
            "3: /application: is \"\"; expected an application's name, or \"*\""),
        mistake(
            "application: shop",
            "application: [a]",
            "3: /application: is [\"a\"]; expected an application's name, or \"*\""),
        mistake(
            "quality:",
            "policy: 5\nquality:",
            "8: /policy: is 5; expected a Rego package, such as qoa.contract"),
        mistake("quality:", "polcy: a.b\nquality:", "8: /polcy: did you mean policy?"),
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
        mistake(
            "grace: 2s", "grase: 2s", "4: /evaluate/grase: is not known here; did you mean grace?"),
        mistake(
            "{window: 10s, grace: 2s}",
            "{each: minute}",
            "4: /evaluate/each: is \"minute\"; expected report"),
        mistake(
            "{window: 10s, grace: 2s}",
            "{each: report, window: 1s}",
            "4: /evaluate: is {\"each\":\"report\",\"window\":\"1s\"}; expected either a window or each, not both"),
        mistake(
            "{id: seller, ",
            "{",
            "6: /stakeholders/0/id: is missing; expected the stakeholder's name",
            "12: /quality/service/0/provider: is \"seller\"; expected a stakeholder of the contract: one of buyer"),
        mistake(
            "id: buyer",
            "id: seller",
            "7: /stakeholders/1/id: is seller, as in /stakeholders/0; keep one, with all roles",
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
            "17: " + constraint + "/metrics/metric_name: is 5; expected a text"),
        mistake(
            "unit: s",
            "unit: 5",
            "17: " + constraint + "/metrics/unit: is 5; expected a text or nothing"),
        mistake(
            "          aggregate_function: P95\n",
            "",
            "17: "
                + constraint
                + "/aggregate_function: is missing; expected one of MIN, MAX, AVERAGE, SUM, COUNT, OR, AND, PRODUCT, P50, P95, P99, LAST"),
        mistake(
            "constraint_list:",
            "constraint_lst:",
            "10: /quality/service/0/constraint_list: is missing; expected a list; did you mean it by constraint_lst?",
            "16: /quality/service/0/constraint_lst: did you mean constraint_list?"),
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
        mistake(
            "quality:",
            "qualities:",
            "1: /quality: is missing; expected a map; did you mean it by qualities?"),
        mistake(
            "roles: [ml_provider]",
            "role: ml_provider",
            "6: /stakeholders/0/roles: is missing; expected a role, such as ml_provider, or a list of roles"),
        mistake(
            "metric_name: response_time, ",
            "",
            "17: " + constraint + "/metrics/metric_name: is missing; expected a text"),
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
            "13: /quality/service/0/consumers: is \"buyer\"; expected a list of stakeholders' ids"),
        mistake(
            "severity: major",
            "severity: 1",
            "14: /quality/service/0/severity: is 1; expected a text, such as major"),
        mistake(
            "stage: gateway",
            "stage: [a]",
            "11: /quality/service/0/stage: is [\"a\"]; expected a stage's name"),
        mistake(
            "stage: gateway", "stge: gateway", "11: /quality/service/0/stge: did you mean stage?"),
        mistake(
            "min_count: 5",
            "min_count: 0",
            "15: /quality/service/0/min_count: is 0; expected a whole number above 0"),
        mistake(
            "  service:",
            "  servise:",
            "9: /quality/servise: would never be judged; did you mean service?"),
        mistake(
            "  service:",
            "  wishes:",
            "9: /quality/wishes: would never be judged; expected one of [cost, data, fairness, interpretability, ml_specific, privacy, security, service]"),
        mistake(
            "{operator: less_equal, value: 0.1}",
            "{operator: range, value: 1}",
            "18: "
                + constraint
                + "/condition/value: is 1; expected {min: …, max: …}, two numbers, min not above max"),
        mistake(
            "{operator: less_equal, value: 0.1}",
            "{operator: range, value: {min: 2, max: 1}}",
            "18: "
                + constraint
                + "/condition/value: is {\"min\":2,\"max\":1}; expected {min: …, max: …}, two numbers, min not above max"),
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
                + "/condition/value: is 0.1; expected true or 1, false or 0, for OR and AND are of booleans; only range takes {min, max}"),
        mistake(
            CONDITION + "P95",
            "{operator: range, value: {min: true, max: 0}}\n          aggregate_function: OR",
            "18: "
                + constraint
                + "/condition/value: is {\"min\":true,\"max\":0}; expected {min: …, max: …}, each true or 1, false or 0, min not above max"));
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

  @Test
  void refusesConstraints_thatBearTheSameName() throws IOException {
    String group =
        """
            - name: latency
              stage: gateway
              constraint_list:
                - metrics: {metric_name: a}
                  condition: {operator: less_equal, value: 0.1}
                  aggregate_function: P99
        """;
    String pair =
        """
            - name: pair
              constraint_list:
                - metrics: {metric_name: a}
                  condition: {operator: less_equal, value: 0.1}
                  aggregate_function: P99
                - metrics: {metric_name: a}
                  condition: {operator: less_equal, value: 0.2}
                  aggregate_function: MAX
        """;
    write("c.yaml", CONTRACT + group + group.replace("gateway", "other") + pair);
    assertThat(problems())
        .containsExactly(
            "c.yaml:23: /quality/service/1/constraint_list/0: is named latency, as is"
                + " /quality/service/0/constraint_list/0 of the same stage; give one of the groups"
                + " another name",
            "c.yaml:37: /quality/service/3/constraint_list/1: is named pair/a, as is"
                + " /quality/service/3/constraint_list/0; split the group, so that each metric"
                + " stands once in it");
  }

  @Test
  void refusesConstraints_thatBearTheSchemasNameTwice() throws IOException {
    String group =
        """
            - stage: gateway
              constraint_list:
                - metrics: {metric_name: a}
                  condition: {operator: less_equal, value: 0.1}
                  aggregate_function: P99
        """;
    write("c.yaml", CONTRACT + group + "  data:\n" + group + group);
    assertThat(problems())
        .containsExactly(
            "c.yaml:33: /quality/data/1/constraint_list/0: is named data_constaint, as is"
                + " /quality/data/0/constraint_list/0 of the same stage; give one of the groups"
                + " another name");
  }

  @Test
  void namesBothFiles_whenTheyHaveTheSameId() throws IOException {
    write("a.yaml", "# first\n" + CONTRACT);
    write("b.yaml", CONTRACT);
    assertThat(problems())
        .containsExactly(
            "b.yaml:1: /id: is first, as in "
                + folder.resolve("a.yaml")
                + ":2; give each contract an id of its own");
  }

  @Test
  void reportsAllMistakesOfAllFiles_inOrder() throws IOException {
    write("a.yaml", changed("P95", "XYZ").replace("version: 1.2.0\n", ""));
    write("b.yaml", "{");
    write("c.json", "[]");
    assertThat(problems())
        .extracting(problem -> problem.substring(0, 8))
        .containsExactly("a.yaml:1", "a.yaml:1", "b.yaml:1", "c.json:1");
  }

  @Test
  void saysSo_whenThereIsNothingToRead() throws IOException {
    assertThat(problems())
        .containsExactly("holds no contract; expected .yaml, .yml or .json files");
    folder = folder.resolve("none");
    assertThat(problems())
        .containsExactly("there is no such folder; name another, or start where it is");
  }

  private static String changed(String part, String other) {
    assertThat(CONTRACT).contains(part);
    return CONTRACT.replace(part, other);
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** The problems, without the folder. */
  private List<String> problems() {
    return catchThrowableOfType(ProblemsException.class, () -> ContractLoader.load(folder))
        .problems()
        .stream()
        .map(problem -> problem.toString().substring(folder.toString().length()))
        .map(problem -> problem.replaceFirst("^[/: ]+", ""))
        .toList();
  }
}
