package qoa.core.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static qoa.core.contracts.ContractFolder.CONTRACT;
import static qoa.core.contracts.ContractFolder.changed;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What would be judged otherwise than its author reads it, or not at all, is not read. */
class StrictKeysTest {

  private static final String OWN = "; a key of your own starts with x-";
  private static final String CONSTRAINT = "/quality/service/0/constraint_list/0";
  private static final String VALUE = "18: " + CONSTRAINT + "/condition/value: ";
  private static final String EXPECTED =
      "; expected a number; only OR and AND take true or false; only range takes {min, max}";

  @TempDir Path folder;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        // a number that YAML cuts in two
        arguments(
            "value: 0.1",
            "value: 0,8",
            VALUE
                + "is written 0,8, which YAML reads as the number 0 and a key 8; use a point: 0.8"),
        arguments(
            "value: 0.1",
            "value: -0, 85",
            VALUE
                + "is written -0,85, which YAML reads as the number -0 and a key 85; use a point: -0.85"),
        arguments(
            "value: 0.1",
            "value: 1,000",
            VALUE
                + "is written 1,000, which YAML reads as the number 1 and a key 000; write 1000 for"
                + " thousands; for a fraction use a point: 1.000"),
        arguments(
            "value: 0.1",
            "value: 1,000,000",
            VALUE
                + "is written 1,000,000, which YAML reads as the number 1 and keys 000, 000; write"
                + " numbers without commas: 1000000"),
        arguments(
            "value: 0.1",
            "value: 1,000.5",
            VALUE
                + "is written 1,000.5, which YAML reads as the number 1 and a key 000.5; write"
                + " numbers without commas: 1000.5"),
        arguments(
            "less_equal, value: 0.1",
            "range, value: {min: 0,5, max: 1}",
            VALUE.replace("value:", "value/min:")
                + "is written 0,5, which YAML reads as the number 0 and a key 5; use a point: 0.5"),
        // a number that is a text
        arguments(
            "value: 0.1",
            "value: '0,8'",
            VALUE + "is \"0,8\"" + EXPECTED + "; use a point: 0.8, or write 08"),
        arguments(
            "value: 0.1",
            "value: '0.8'",
            VALUE + "is \"0.8\"" + EXPECTED + "; take away the quotes: 0.8"),
        arguments(
            "value: 0.1",
            "value: '1,000,000'",
            VALUE + "is \"1,000,000\"" + EXPECTED + "; write 1000000"),
        // keys that nobody reads
        arguments(
            "value: 0.1",
            "value: 0.1, unit: s",
            "18: "
                + CONSTRAINT
                + "/condition/unit: is not known here; expected one of operator, value"
                + OWN),
        arguments(
            "value: 0.1",
            "value: 0.1, valeu: 1",
            "18: "
                + CONSTRAINT
                + "/condition/valeu: is not known here; expected one of operator, value"
                + OWN),
        arguments(
            "less_equal, value: 0.1",
            "range, value: {min: 0.1, max: 0.2, step: 1}",
            "18: "
                + CONSTRAINT
                + "/condition/value/step: is not known here; expected one of max, min"
                + OWN),
        arguments(
            "unit: s",
            "unit: s, units: ms",
            "17: "
                + CONSTRAINT
                + "/metrics/units: is not known here; expected one of description, metric_name,"
                + " records, unit"
                + OWN),
        arguments(
            "aggregate_function: P95",
            "aggregate_function: P95\n          min_count: 5",
            "20: "
                + CONSTRAINT
                + "/min_count: is not known here; expected one of aggregate_function, condition, metrics"
                + OWN),
        arguments(
            "severity: major",
            "colour: red",
            "14: /quality/service/0/colour: is not known here; expected one of constraint_list,"
                + " consumers, min_count, name, provider, severity, stage"
                + OWN),
        arguments(
            "{id: seller, ",
            "{id: seller, mail: a@b, ",
            "6: /stakeholders/0/mail: is not known here; expected one of id, name, provisioning, roles"
                + OWN),
        arguments(
            "grace: 2s",
            "every: 2s",
            "4: /evaluate/every: is not known here; expected {window: 10s, grace: 2s} or {each: report}"),
        arguments(
            "quality:",
            "anything: {at: all}\nquality:",
            "8: /anything: is not known here; expected one of application, evaluate, id, policy,"
                + " quality, resources, stakeholders, version"
                + OWN),
        arguments(
            "quality:",
            "resources: {services_specs: [], data_specs: {id: a, name: b, types: [], formats: [],"
                + " size: 5}, ml_specs: {id: a, name: b, development_environment: [],"
                + " serving_platform: [], model_classes: [], inference_modes: []}}\nquality:",
            "8: /resources/data_specs/size: is not known here; expected one of formats, id, name, types"
                + OWN),
        // promises where nobody looks
        arguments(
            "quality:\n  service:",
            "quality:\n  service: []\nservice:",
            "10: /service: would never be judged here; put it under quality"),
        arguments(
            "quality:\n  service:",
            "quality:\n  service: []\nwishes:",
            "10: /wishes: would never be judged here; put it under quality"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void refusesWhatWouldBeJudgedOtherwise(String part, String other, String message)
      throws Exception {
    ContractFolder contracts = new ContractFolder(folder);
    contracts.write("c.yaml", changed(part, other));

    assertThat(contracts.problems()).containsExactly("c.yaml:" + message);
  }

  /** A policy of one's own may read any key, but the header is the engine's. */
  @Test
  void leavesAnyShapeToAPolicyOfOnesOwn_butForTheHeader() throws Exception {
    ContractFolder contracts = new ContractFolder(folder);
    String own = CONTRACT + "policy: my.own\nwishes: [{constraint_list: [{any: thing}]}]\n";
    contracts.write("c.yaml", own.replace("severity", "colour"));
    assertThat(ContractLoader.load(folder).contracts()).hasSize(1);

    contracts.write("c.yaml", own.replace("grace: 2s", "graces: 2s") + "stakholders: []\n");
    assertThat(contracts.problems())
        .isEqualTo(List.of("c.yaml:4: /evaluate/graces: is not known here; did you mean grace?"));
  }
}
