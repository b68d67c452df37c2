package qoa.engine.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import qoa.engine.config.ConfigLoader;
import qoa.engine.config.EngineConfig;
import qoa.engine.config.Evaluator;
import qoa.engine.model.Problem;
import qoa.engine.model.ProblemsException;

/** What all commands understand. An option goes before what {@code engine.yaml} says. */
final class CommonOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Settings; engine/CONFIGURATION.md is their reference. Default: none.")
  private Path config;

  @Option(
      names = "--contracts",
      paramLabel = "DIR",
      description = "Folder of contracts. Default: contracts.")
  private Path contracts;

  @Option(
      names = "--policies",
      paramLabel = "DIR",
      description = "Folder of policies. Default: policies.")
  private Path policies;

  @Option(
      names = "--evaluator",
      paramLabel = "opa|plan",
      description = "What runs the policies. Default: opa.")
  private Evaluator evaluator;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How results are printed. Default: ${DEFAULT-VALUE}.")
  private OutputFormat format;

  /** The settings, with the options over them. */
  EngineConfig engineConfig() throws ProblemsException {
    if (config != null && !Files.exists(config)) {
      throw new ProblemsException(
          List.of(new Problem(config.toString(), 0, null, "no such file; check --config")));
    }
    EngineConfig settings = config == null ? EngineConfig.defaults() : ConfigLoader.load(config);
    if (contracts != null) {
      settings = settings.withContracts(contracts);
    }
    if (policies != null) {
      settings = settings.withPolicies(policies);
    }
    return evaluator == null ? settings : settings.withEvaluator(evaluator);
  }

  boolean json() {
    return format == OutputFormat.JSON;
  }
}
