package qoa.service.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import qoa.core.documents.Counted;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.Revisions;
import qoa.core.evaluate.Revision;
import qoa.service.config.EngineConfig;
import qoa.service.run.Evaluators;

/** {@code qoa check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Validates contracts and policies, without evaluating reports.",
      "Prints a warning for anything that is valid but probably a mistake."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:valid",
      "1:not valid, or could not run; with --strict, also if there is a warning"
    })
final class CheckCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private CommonOptions options;

  @Option(names = "--strict", description = "End with exit code 1 if there are warnings.")
  private boolean strict;

  @Override
  public Integer call() throws ProblemsException, InterruptedException {
    EngineConfig config = options.engineConfig();
    Diagnostics diagnostics = Diagnostics.to(System.out, options.json());
    Revision revision;
    List<Problem> warnings;
    try {
      revision = Evaluators.checkedRevision(config);
      warnings = Revisions.warnings(config.judging().policies(), revision);
    } catch (ProblemsException e) {
      e.problems().forEach(diagnostics::problem);
      refuse(e.problems().size(), "problem");
      return ExitCode.COULD_NOT_RUN;
    }
    warnings.forEach(diagnostics::warning);
    if (strict && !warnings.isEmpty()) {
      refuse(warnings.size(), "warning");
      return ExitCode.COULD_NOT_RUN;
    }
    print(revision, warnings.size());
    return ExitCode.OK;
  }

  private void print(Revision revision, int warnings) {
    int contracts = revision.contracts().contracts().size();
    int policies = revision.policies().modules().size();
    if (options.json()) {
      ObjectNode line = JSON.createObjectNode();
      line.put("type", "valid").put("contracts", contracts).put("policies", policies);
      System.out.println(line.put("warnings", warnings).put("revision", revision.id()));
    } else {
      System.out.printf(
          "valid: %s, %s, %srevision %s%n",
          Counted.of(contracts, "contract"),
          Counted.of(policies, "policy file"),
          warnings == 0 ? "" : Counted.of(warnings, "warning") + ", ",
          revision.id());
    }
  }

  private void refuse(int number, String what) {
    if (!options.json()) {
      System.out.printf("not valid: %s%n", Counted.of(number, what));
    }
  }
}
