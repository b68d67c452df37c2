package qoa.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import qoa.core.documents.DurationText;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.service.cli.CommonOptions;
import qoa.service.cli.ExitCode;
import qoa.service.cli.Subcommand;

/** {@code qoa demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Runs a Kafka broker, a simulated ML service and the engine on this machine.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:ran to the end", "1:could not run"})
public final class DemoCommand implements Subcommand {

  @Mixin private CommonOptions options;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = LengthConverter.class,
      description = "How long to run, such as 30s or 5m. Default: ${DEFAULT-VALUE}.")
  private Duration length;

  @Override
  public Integer call() throws CannotRunException, ProblemsException, InterruptedException {
    logLittle();
    Demo demo = new Demo(options.engineConfig(), System.out, System.err);
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> endEarly(demo, ended), "qoa-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      demo.run(length);
      return ExitCode.OK;
    } finally {
      ended.countDown();
    }
  }

  /**
   * Limits the log to warnings and to changes of contracts, because the demo prints the rest
   * itself.
   */
  private static void logLittle() {
    System.setProperty("org.slf4j.simpleLogger.log.qoa", "warn");
    System.setProperty("org.slf4j.simpleLogger.log.qoa.service.run.RevisionWatcher", "info");
  }

  private static void endEarly(Demo demo, CountDownLatch ended) {
    demo.stop();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads a duration as in contracts. */
  static final class LengthConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return DurationText.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
