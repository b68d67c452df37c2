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
    description = "Runs everything on this machine: broker, simulated ML service, engine.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:ran to its end", "1:could not run"})
public final class DemoCommand implements Subcommand {

  @Mixin private CommonOptions options;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = LengthConverter.class,
      description = "How long, such as 30s or 5m. Default: ${DEFAULT-VALUE}.")
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
   * The demo tells itself what goes on; of the log it leaves warnings, and changes of contracts.
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

  /** The same words as in contracts. */
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
