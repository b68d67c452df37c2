package qoa.service.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.service.config.ConfigLoader;
import qoa.service.config.EngineConfig;

/** Where the settings are, and how to print: what every command understands. */
final class ConfigOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Settings; engine/docs/configuration.md is their reference. Default: none.")
  private Path config;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How results are printed. Default: ${DEFAULT-VALUE}.")
  private OutputFormat format;

  /** What the settings say, for who uses no folders. */
  EngineConfig engineConfig() throws ProblemsException {
    return engineConfig(Set.of());
  }

  /**
   * What the settings say.
   *
   * @param used which of the folders {@code contracts} and {@code policies} have to be there, where
   *     the settings name them
   */
  EngineConfig engineConfig(Set<String> used) throws ProblemsException {
    if (config != null && !Files.exists(config)) {
      throw new ProblemsException(
          List.of(new Problem(config.toString(), 0, null, "no such file; check --config")));
    }
    return config == null ? EngineConfig.defaults() : ConfigLoader.load(config, used);
  }

  boolean json() {
    return format == OutputFormat.JSON;
  }
}
