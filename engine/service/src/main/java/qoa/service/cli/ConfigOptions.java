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

/** The options of every command: the configuration file and the output format. */
final class ConfigOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration file; see%nengine/docs/configuration.md. Default: none.")
  private Path config;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Output format. Default: ${DEFAULT-VALUE}.")
  private OutputFormat format;

  /** The settings, for a command that reads neither contracts nor policies. */
  EngineConfig engineConfig() throws ProblemsException {
    return engineConfig(Set.of());
  }

  /**
   * The settings.
   *
   * @param used which of the settings {@code contracts} and {@code policies} must name an existing
   *     folder or file
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
