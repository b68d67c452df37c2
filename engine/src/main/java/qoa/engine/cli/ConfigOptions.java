package qoa.engine.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import qoa.engine.config.ConfigLoader;
import qoa.engine.config.EngineConfig;
import qoa.engine.model.Problem;
import qoa.engine.model.ProblemsException;

/** Where the settings are, and how to print: what every command understands. */
final class ConfigOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Settings; engine/CONFIGURATION.md is their reference. Default: none.")
  private Path config;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How results are printed. Default: ${DEFAULT-VALUE}.")
  private OutputFormat format;

  /** What the settings say. */
  EngineConfig engineConfig() throws ProblemsException {
    if (config != null && !Files.exists(config)) {
      throw new ProblemsException(
          List.of(new Problem(config.toString(), 0, null, "no such file; check --config")));
    }
    return config == null ? EngineConfig.defaults() : ConfigLoader.load(config);
  }

  boolean json() {
    return format == OutputFormat.JSON;
  }
}
