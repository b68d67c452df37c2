package qoa.core.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static qoa.core.contracts.ContractFolder.CONTRACT;
import static qoa.core.contracts.ContractFolder.changed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.contracts.Contract.Stakeholder;
import qoa.testing.HostileFiles;

class ContractLoaderTest {

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
            "c.yaml:23: /quality/service/1/constraint_list/0: has the same name and stage as"
                + " /quality/service/0/constraint_list/0: latency; give one of the groups"
                + " another name",
            "c.yaml:37: /quality/service/3/constraint_list/1: has the same name as"
                + " /quality/service/3/constraint_list/0: pair/a; split the group, so that each"
                + " metric is in it once");
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
            "c.yaml:33: /quality/data/1/constraint_list/0: has the same name and stage as"
                + " /quality/data/0/constraint_list/0: data_constaint; give one of the groups"
                + " another name");
  }

  @Test
  void namesBothFiles_whenTheyHaveTheSameId() throws IOException {
    write("a.yaml", "# first\n" + CONTRACT);
    write("b.yaml", CONTRACT);
    assertThat(problems())
        .containsExactly(
            "b.yaml:1: /id: first is the id of "
                + folder.resolve("a.yaml")
                + ":2 too; give each contract its own id");
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
        .containsExactly("contains no contracts; expected .yaml, .yml or .json files");
    folder = folder.resolve("none");
    assertThat(problems()).containsExactly("no such folder or file; check the path");
  }

  @Test
  void readsContracts_whateverTheCaseOfTheirExtension() throws Exception {
    write("C.YAML", CONTRACT);
    write("D.YML", changed("id: first", "id: second"));
    write(
        "E.Json",
        "{\"id\": \"third\", \"version\": \"1.0.0\", \"application\": \"*\","
            + " \"policy\": \"own\", \"evaluate\": {\"each\": \"report\"}}");

    assertThat(ContractLoader.load(folder).contracts())
        .extracting(Contract::id)
        .containsExactly("first", "second", "third");
  }

  @Test
  void readsOneFile_whateverLiesBesideIt() throws Exception {
    write("mine.yaml", CONTRACT);
    write("broken.yaml", "{");

    assertThat(ContractLoader.load(folder.resolve("mine.yaml")).contracts())
        .extracting(Contract::id)
        .containsExactly("first");
  }

  @Test
  void namesEveryFile_thatCannotBeRead_besideOtherMistakes() throws Exception {
    write("a.yaml", "{");
    for (HostileFiles hostile : HostileFiles.values()) {
      hostile.put(folder.resolve(hostile + ".yaml"));
    }
    assertThat(problems()).hasSize(1 + HostileFiles.values().length);
    for (HostileFiles hostile : HostileFiles.values()) {
      assertThat(problems())
          .anyMatch(problem -> problem.startsWith(hostile + ".yaml: " + hostile.message()));
    }
  }

  private void write(String name, String content) throws IOException {
    new ContractFolder(folder).write(name, content);
  }

  private List<String> problems() {
    return new ContractFolder(folder).problems();
  }
}
