package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.testing.ChildJvm;
import qoa.testing.ChildJvm.Result;

/** Commands on a machine without OPA and without Go. */
class WithoutOpaIT {

  private static final String NOT_FOUND =
      "opa: was not found, but policies that differ from those that ship need it; put OPA on the"
          + " PATH, set OPA_BIN, or run scripts/setup, which builds OPA with Go or downloads it\n";

  /** An empty folder, without what scripts/setup installs. */
  @TempDir private Path empty;

  @TempDir private Path folder;

  @Test
  void check_findsThePoliciesThatShipValid_withContractsOfOnesOwn() throws Exception {
    Files.writeString(
        folder.resolve("mine.yaml"),
        "{id: mine, version: 1.0.0, application: \"*\", policy: bts.fairness, evaluate: {each: report}}");

    Result check = run("check", "--contracts", folder.toString());

    assertThat(check.out()).as("%s", check).startsWith("valid: 1 contract, ");
    assertThat(check.exitCode()).isZero();
  }

  @Test
  void check_namesThePackages_whenAContractsPolicyIsNotThere() throws Exception {
    Files.writeString(
        folder.resolve("mine.yaml"),
        "{id: mine, version: 1.0.0, application: \"*\", policy: bts.fairnes, evaluate: {each: report}}");

    Result check = run("check", "--contracts", folder.toString());

    assertThat(check.out())
        .contains("/policy: no policy has the package bts.fairnes", "did you mean bts.fairness?");
    assertThat(check.exitCode()).isEqualTo(1);
  }

  @Test
  void dryRun_judges() throws Exception {
    Result run = run("dry-run", "--reports", "testdata/reports/object-detection-ml.ndjson");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).as("%s", run).isEqualTo(3);
  }

  @Test
  void saysWhatToInstall_whenAPolicyWasChanged() throws Exception {
    copyPolicies();
    Files.writeString(
        folder.resolve("bts/fairness/fairness.rego"), "# mine\n", StandardOpenOption.APPEND);

    Result check = run("check", "--policies", folder.toString());

    assertThat(check.out()).as("%s", check).isEqualTo(NOT_FOUND + "not valid: 1 problem\n");
    assertThat(check.exitCode()).isEqualTo(1);
  }

  @Test
  void saysWhatToInstall_whenOpaItselfIsToJudge() throws Exception {
    Result run =
        run(
            "dry-run",
            "--evaluator",
            "opa",
            "--reports",
            "testdata/reports/object-detection-ml.ndjson");

    assertThat(run.err()).isEqualTo(NOT_FOUND);
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void hasTheSetUpBringOpa_onlyWhenItIsNeeded() throws Exception {
    Path setup = Files.writeString(folder.resolve("setup"), "#!/bin/sh\necho brought >&2\n");
    Files.setPosixFilePermissions(setup, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> options = List.of("-Dqoa.home=" + empty, "-Dqoa.setup=" + setup);

    Result shipped = ChildJvm.runBare(options, "check");
    Result changed = ChildJvm.runBare(options, "check", "--policies", "testdata/tutorial/policies");

    assertThat(shipped.err()).isEmpty();
    assertThat(changed.err()).isEqualTo("brought\n");
    assertThat(changed.out()).contains(NOT_FOUND);
  }

  private Result run(String... arguments) throws Exception {
    return ChildJvm.runBare(List.of("-Dqoa.home=" + empty), arguments);
  }

  private void copyPolicies() throws IOException {
    Path policies = ChildJvm.HOME.resolve("policies");
    try (Stream<Path> files = Files.walk(policies)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(policies.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
