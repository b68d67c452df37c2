package qoa.service.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import qoa.core.documents.ProblemsException;
import qoa.service.config.EngineConfig;
import qoa.service.config.Evaluator;

/** The options of all commands that evaluate policies. An option overrides {@code engine.yaml}. */
public final class CommonOptions {

  @Mixin private ConfigOptions config;

  @Option(
      names = "--contracts",
      paramLabel = "PATH",
      description = "Folder of contracts, or one contract file. Default: contracts.")
  private Path contracts;

  @Option(
      names = "--policies",
      paramLabel = "PATH",
      description = "Folder of policies, or one policy file. Default: policies.")
  private Path policies;

  @Option(
      names = "--evaluator",
      paramLabel = "plan|opa|plan-or-opa",
      description = "How policies run. Default: plan.")
  private Evaluator evaluator;

  /** The settings, overridden by the options. */
  public EngineConfig engineConfig() throws ProblemsException {
    Set<String> used = new HashSet<>();
    if (contracts == null) {
      used.add("contracts");
    }
    if (policies == null) {
      used.add("policies");
    }
    return config.engineConfig(used).judging(contracts, policies, evaluator);
  }

  boolean json() {
    return config.json();
  }
}
