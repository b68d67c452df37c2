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

class ContractWarningsTest {

  private static final String NO_PART =
      " is neither provider nor consumer of any promise; name it as one of these";
  private static final String NOBODY =
      "no stakeholder is accountable for this promise; name a provider, or give a stakeholder the role ml_provider";

  @TempDir Path folder;

  static Stream<Arguments> contracts() {
    return Stream.of(
        arguments("severity: major", "severity: minor", List.of()),
        arguments("provider: seller", "x-a: b", List.of()),
        arguments("consumers: [buyer]", "x-a: b", List.of()),
        arguments(
            "consumers: [buyer]", "consumers: []", List.of("7: /stakeholders/1: buyer" + NO_PART)),
        arguments(
            "provider: seller", "provider: buyer", List.of("6: /stakeholders/0: seller" + NO_PART)),
        arguments(
            "quality:",
            "  - {id: owner, roles: [ml_infrastructure]}\nquality:",
            List.of("8: /stakeholders/2: owner" + NO_PART)),
        arguments("[ml_provider]}", "[ml_infrastructure]}", List.of()),
        arguments("      provider: seller\n", "", List.of()),
        arguments(
            "    - name: latency",
            "    - {name: vague, constraint_list: []}\n    - name: latency",
            List.of()),
        arguments(
            "{id: seller, roles: [ml_provider]}",
            "{id: seller, roles: [ml_infrastructure]}\n  - {id: x, roles: ml_consumer}",
            List.of("7: /stakeholders/1: x" + NO_PART)));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("contracts")
  void warnsOfUninvolvedStakeholders(String part, String other, List<String> warnings)
      throws Exception {
    assertThat(warnings(changed(part, other))).isEqualTo(warnings);
  }

  @Test
  void warnsOfAPromise_forWhichNobodyIsAccountable() throws Exception {
    String contract =
        CONTRACT
            .replace("[ml_provider]", "[ml_infrastructure]")
            .replace("      provider: seller\n", "");
    assertThat(warnings(contract))
        .containsExactly(
            "6: /stakeholders/0: seller" + NO_PART, "10: /quality/service/0: " + NOBODY);
  }

  @Test
  void warnsOfAContract_thatPromisesNothing() throws Exception {
    String contract = CONTRACT.substring(0, CONTRACT.indexOf("  service:"));
    assertThat(warnings(contract + "  privacy: [{risks: {}}]\n"))
        .containsExactly(
            "8: /quality: contains no promise that can be measured: no group has a constraint");
  }

  @Test
  void saysNothing_ofAPolicyOfOnesOwn_norOfWhatShips() throws Exception {
    assertThat(warnings(CONTRACT.replace("consumers: [buyer]", "x: y") + "policy: my.own\n"))
        .isEmpty();
    assertThat(ContractWarnings.of(ContractLoader.load(Path.of("..", "..", "contracts"))))
        .isEmpty();
  }

  private List<String> warnings(String contract) throws Exception {
    new ContractFolder(folder).write("c.yaml", contract);
    return ContractWarnings.of(ContractLoader.load(folder)).stream()
        .map(problem -> problem.toString().replaceFirst(".*c\\.yaml:", ""))
        .toList();
  }
}
