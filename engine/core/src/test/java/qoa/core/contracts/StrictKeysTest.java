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

/** Rejects what the engine would interpret differently from a person, or would ignore. */
class StrictKeysTest {

  private static final String OWN = "; your own keys start with x-";
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
                + "is written 0,8; YAML reads this as the number 0 and a key 8; use a decimal point: 0.8"),
        arguments(
            "value: 0.1",
            "value: -0, 85",
            VALUE
                + "is written -0,85; YAML reads this as the number -0 and a key 85; use a decimal point: -0.85"),
        arguments(
            "value: 0.1",
            "value: 1,000",
            VALUE
                + "is written 1,000; YAML reads this as the number 1 and a key 000; write 1000 for"
                + " thousands; for a fraction, use a decimal point: 1.000"),
        arguments(
            "value: 0.1",
            "value: 1,000,000",
            VALUE
                + "is written 1,000,000; YAML reads this as the number 1 and the keys 000, 000; write"
                + " numbers without commas: 1000000"),
        arguments(
            "value: 0.1",
            "value: 1,000.5",
            VALUE
                + "is written 1,000.5; YAML reads this as the number 1 and a key 000.5; write"
                + " numbers without commas: 1000.5"),
        arguments(
            "less_equal, value: 0.1",
            "range, value: {min: 0,5, max: 1}",
            VALUE.replace("value:", "value/min:")
                + "is written 0,5; YAML reads this as the number 0 and a key 5; use a decimal point: 0.5"),
        // a number that is a string
        arguments(
            "value: 0.1",
            "value: '0,8'",
            VALUE + "is \"0,8\"" + EXPECTED + "; use a decimal point: 0.8, or write 08"),
        arguments(
            "value: 0.1",
            "value: '0.8'",
            VALUE + "is \"0.8\"" + EXPECTED + "; remove the quotes: 0.8"),
        arguments(
            "value: 0.1",
            "value: '1,000,000'",
            VALUE + "is \"1,000,000\"" + EXPECTED + "; write 1000000"),
        // unknown keys
        arguments(
            "value: 0.1",
            "value: 0.1, unit: s",
            "18: "
                + CONSTRAINT
                + "/condition/unit: unknown key; expected one of operator, value"
                + OWN),
        arguments(
            "value: 0.1",
            "value: 0.1, valeu: 1",
            "18: "
                + CONSTRAINT
                + "/condition/valeu: unknown key; expected one of operator, value"
                + OWN),
        arguments(
            "less_equal, value: 0.1",
            "range, value: {min: 0.1, max: 0.2, step: 1}",
            "18: "
                + CONSTRAINT
                + "/condition/value/step: unknown key; expected one of max, min"
                + OWN),
        arguments(
            "unit: s",
            "unit: s, units: ms",
            "17: "
                + CONSTRAINT
                + "/metrics/units: unknown key; expected one of description, metric_name,"
                + " records, unit"
                + OWN),
        arguments(
            "aggregate_function: P95",
            "aggregate_function: P95\n          min_count: 5",
            "20: "
                + CONSTRAINT
                + "/min_count: unknown key; expected one of aggregate_function, condition, metrics"
                + OWN),
        arguments(
            "severity: major",
            "colour: red",
            "14: /quality/service/0/colour: unknown key; expected one of constraint_list,"
                + " consumers, min_count, name, provider, severity, stage"
                + OWN),
        arguments(
            "{id: seller, ",
            "{id: seller, mail: a@b, ",
            "6: /stakeholders/0/mail: unknown key; expected one of id, name, provisioning, roles"
                + OWN),
        arguments(
            "grace: 2s",
            "every: 2s",
            "4: /evaluate/every: unknown key; expected one of each, grace, open_after, resolve_after, window; your own keys start with x-"),
        arguments(
            "quality:",
            "anything: {at: all}\nquality:",
            "8: /anything: unknown key; expected one of application, evaluate, id, policy,"
                + " quality, resources, stakeholders, version"
                + OWN),
        arguments(
            "quality:",
            "resources: {services_specs: [], data_specs: {id: a, name: b, types: [], formats: [],"
                + " size: 5}, ml_specs: {id: a, name: b, development_environment: [],"
                + " serving_platform: [], model_classes: [], inference_modes: []}}\nquality:",
            "8: /resources/data_specs/size: unknown key; expected one of formats, id, name, types"
                + OWN),
        // promises outside quality
        arguments(
            "quality:\n  service:",
            "quality:\n  service: []\nservice:",
            "10: /service: is not judged here; move it under quality"),
        arguments(
            "quality:\n  service:",
            "quality:\n  service: []\nwishes:",
            "10: /wishes: is not judged here; move it under quality"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void refusesWhatWouldBeJudgedOtherwise(String part, String other, String message)
      throws Exception {
    ContractFolder contracts = new ContractFolder(folder);
    contracts.write("c.yaml", changed(part, other));

    assertThat(contracts.problems()).containsExactly("c.yaml:" + message);
  }

  /** Another policy may read any key, but the engine reads the header. */
  @Test
  void leavesAnyShapeToAPolicyOfOnesOwn_butForTheHeader() throws Exception {
    ContractFolder contracts = new ContractFolder(folder);
    String own = CONTRACT + "policy: my.own\nwishes: [{constraint_list: [{any: thing}]}]\n";
    contracts.write("c.yaml", own.replace("severity", "colour"));
    assertThat(ContractLoader.load(folder).contracts()).hasSize(1);

    contracts.write("c.yaml", own.replace("grace: 2s", "graces: 2s") + "stakholders: []\n");
    assertThat(contracts.problems())
        .isEqualTo(List.of("c.yaml:4: /evaluate/graces: unknown key; did you mean grace?"));
  }
}
