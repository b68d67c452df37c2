package qoa.engine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import qoa.engine.config.EngineConfig;
import qoa.engine.evaluate.Revision;
import qoa.engine.model.Counted;
import qoa.engine.model.Problem;
import qoa.engine.model.ProblemsException;
import qoa.engine.pipeline.Revisions;

/** {@code qoa check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Validates contracts and policies without evaluating.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:valid", "1:not valid, or could not run"})
final class CheckCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws ProblemsException, InterruptedException {
    EngineConfig config = options.engineConfig();
    Revision revision;
    try {
      revision = Revisions.load(config);
    } catch (ProblemsException e) {
      print(e.problems());
      return ExitCode.COULD_NOT_RUN;
    }
    print(revision);
    return ExitCode.OK;
  }

  private void print(Revision revision) {
    int contracts = revision.contracts().contracts().size();
    int policies = revision.policies().modules().size();
    if (options.json()) {
      ObjectNode line = JSON.createObjectNode();
      line.put("type", "valid").put("contracts", contracts).put("policies", policies);
      System.out.println(line.put("revision", revision.id()));
    } else {
      System.out.printf(
          "valid: %s, %s, revision %s%n",
          Counted.of(contracts, "contract"), Counted.of(policies, "policy file"), revision.id());
    }
  }

  private void print(List<Problem> problems) {
    for (Problem problem : problems) {
      System.out.println(options.json() ? json(problem) : problem);
    }
    if (!options.json()) {
      System.out.printf("not valid: %s%n", Counted.of(problems.size(), "problem"));
    }
  }

  private static ObjectNode json(Problem problem) {
    ObjectNode line = JSON.createObjectNode().put("type", "problem").put("file", problem.file());
    if (problem.line() > 0) {
      line.put("line", problem.line());
    }
    if (problem.pointer() != null) {
      line.put("pointer", problem.pointer());
    }
    return line.put("message", problem.message());
  }
}
