package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.testing.ChildJvm;
import qoa.testing.ChildJvm.Result;

/** A policy that needs a builtin that the plan lacks. */
class BuiltinsOfThePlanIT {

  /** A policy that only OPA can evaluate: it decodes a token. */
  private static final String TOKEN =
      """
      package token

      met contains {"constraint": issuer} if {
      	[_, {"iss": issuer}, _] := io.jwt.decode("eyJhbGciOiJub25lIn0.eyJpc3MiOiJtZSJ9.")
      }
      """;

  private static final String PLAIN = "package plain\n\nmet contains {\"constraint\": \"plain\"}\n";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    for (String name : List.of("plain", "token")) {
      Files.writeString(folder.resolve(name + ".rego"), name.equals("plain") ? PLAIN : TOKEN);
      Files.writeString(
          folder.resolve(name + ".yaml"),
          "{id: %s, version: 1.0.0, application: \"*\", policy: %s, evaluate: {each: report}}"
              .formatted(name, name));
    }
  }

  @Test
  void check_namesBuiltinFileAndLine() throws Exception {
    Result check = run("check");

    assertThat(check.out())
        .isEqualTo(
            "token.rego:4: io.jwt.decode is no builtin of the evaluator plan; the evaluators opa"
                + " and plan-or-opa have it\nnot valid: 1 problem\n");
    assertThat(check.exitCode()).isEqualTo(1);
  }

  @Test
  void check_isSatisfied_whenOpaMayJudge() throws Exception {
    assertThat(run("check", "--evaluator", "plan-or-opa").exitCode()).isZero();
    assertThat(run("check", "--evaluator", "opa").exitCode()).isZero();
  }

  @Test
  void dryRun_namesBuiltinFileAndLine() throws Exception {
    Result run = run("dry-run", "--reports", "testdata/reports/bts-ml.ndjson");

    assertThat(run.err()).startsWith("token.rego:4: io.jwt.decode is no builtin");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void dryRun_judgesAllContracts_whenOpaMayJudge() throws Exception {
    String reports = "testdata/reports/bts-ml.ndjson";
    long lines = Files.readAllLines(ChildJvm.HOME.resolve(reports)).size();

    Result run =
        run("dry-run", "--evaluator", "plan-or-opa", "--format", "json", "--reports", reports);

    assertThat(run.out().lines().reduce((first, last) -> last).orElseThrow())
        .contains("\"evaluations\":" + 2 * lines, "\"met\":" + 2 * lines);
    assertThat(run.exitCode()).as("%s", run).isZero();
  }

  private Result run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--policies", folder.toString(), "--contracts", folder.toString()));
    return ChildJvm.run(all.toArray(String[]::new));
  }
}
