package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static qoa.service.cli.Commands.CONTRACT;
import static qoa.service.cli.Commands.DETECTION;
import static qoa.service.cli.Commands.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.testing.ChildJvm;
import qoa.testing.ChildJvm.Result;

/** Runs commands as processes, and checks output and exit code. */
class CommandsIT {

  @TempDir private Path folder;

  @Test
  void check_saysValid_ofWhatTheProjectShips() throws Exception {
    Result result = ChildJvm.run("check");

    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out()).startsWith("valid: 4 contracts, ");
  }

  @Test
  void check_goesByTheOptionsFolder_notByThatOfTheSettings() throws Exception {
    Path config = folder.resolve("engine.yaml");
    Files.writeString(config, "policies: policies\ncontracts: nope\n");

    assertRefused("engine.yaml:2: /contracts: is \"nope\"", "check", "-c", config.toString());

    String contracts = folder(CONTRACT.formatted("less_equal", 1, "SUM")).toString();
    Result result = ChildJvm.run("check", "-c", config.toString(), "--contracts", contracts);
    assertThat(result.exitCode()).as("%s", result).isZero();
    assertThat(result.out()).startsWith("valid: 1 contract, ");
  }

  @Test
  void check_warns_andRefusesOnlyWhereItIsStrict() throws Exception {
    Files.writeString(
        folder.resolve("shop.rego"), "package shop\n\nviolation contains {\"mesage\": \"a\"}\n");
    String contract = CONTRACT.formatted("less_equal", 1, "SUM");
    Path contracts = folder(contract + "policy: shop\n");
    Files.writeString(
        contracts.resolve("own.yaml"),
        contract.replace("id: tiny", "id: own").replace("provider: edge1", "x-who: edge1")
            + "policy: shop\n");
    String[] command = {
      "check", "--contracts", contracts.toString(), "--policies", folder.toString()
    };

    Result warned = ChildJvm.run(command);
    assertThat(warned.exitCode()).as("%s", warned).isZero();
    assertThat(warned.out())
        .contains("warning: ", "shop.rego:1: package shop has no rule met and no rule undetermined")
        .contains("shop.rego:3:21: key mesage is ignored; did you mean message?\n")
        .contains("valid: 2 contracts, 1 policy file, 2 warnings, revision ");

    String[] strict = Arrays.copyOf(command, command.length + 1);
    strict[command.length] = "--strict";
    assertThat(assertRefused("not valid: 2 warnings", strict).out()).doesNotContain("valid: 2 c");

    String[] json = Arrays.copyOf(command, command.length + 1);
    json[command.length] = "--format=json";
    List<String> lines = ChildJvm.run(json).out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("{\"type\":\"warning\",\"file\":").contains("\"line\":1");
    assertThat(lines.get(2)).startsWith("{\"type\":\"valid\"").contains("\"warnings\":2");
  }

  @Test
  void check_namesFileAndLine_whenAPolicyHasASyntaxError() throws Exception {
    Files.writeString(folder.resolve("bad.rego"), "package shop\n\nviolation contains if if\n");

    assertRefused("bad.rego:3", "check", "--policies", folder.toString());
  }

  @Test
  void check_namesTheBuiltin_whenAPolicyReachesOut() throws Exception {
    Files.writeString(
        folder.resolve("out.rego"),
        """
        package shop

        violation contains {"message": "x"} if {
        \thttp.send({"method": "get", "url": "http://127.0.0.1"}).status_code == 200
        }
        """);

    Result result = assertRefused("http.send", "check", "--policies", folder.toString());
    assertThat(result.out()).contains("out.rego:4");
  }

  @Test
  void check_namesFileAndLine_whenAContractIsNoYaml() throws Exception {
    Path contracts = folder("id: tiny\nversion: [1\nevaluate: {each: report}\n");

    assertRefused("tiny.yaml:3", "check", "--contracts", contracts.toString());
  }

  @Test
  void unknownCommandsAndOptions_areNamed() throws Exception {
    assertRefused("--report", "dry-run", "--report", DETECTION);
    assertRefused(
        "qoa: unknown command chek; expected one of check, dry-run, run, events, dead-letters;"
            + " did you mean check?\nSee: qoa --help",
        "chek");
    assertRefused(
        "qoa: unknown command x; expected one of list, show, redrive\nSee: qoa dead-letters --help",
        "dead-letters",
        "x");
  }

  @Test
  void invalidValues_areAnsweredWithTheValidOnes() throws Exception {
    assertRefused("'--format': is xml; expected one of text, json\n", "check", "--format", "xml");
    assertRefused(
        "'--evaluator': is plan_or_opa; expected one of opa, plan, plan-or-opa; did you mean"
            + " plan-or-opa?",
        "check",
        "--evaluator",
        "plan_or_opa");
  }

  @Test
  void run_suggestsTheKey_whenOneInEngineYamlIsUnknown() throws Exception {
    Path config = folder.resolve("engine.yaml");
    Files.writeString(config, "commit-interval: 1s\nidle-timout: 5s\n");

    Result result = assertRefused("engine.yaml:2", "run", "-c", config.toString());
    assertThat(result.err()).contains("idle-timeout");
  }

  private Path folder(String contract) throws IOException {
    return Commands.contracts(folder, contract);
  }
}
