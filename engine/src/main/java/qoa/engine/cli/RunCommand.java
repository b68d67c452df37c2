package qoa.engine.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import qoa.engine.model.ProblemsException;
import qoa.engine.pipeline.CannotRunException;
import qoa.engine.pipeline.Service;

/** {@code qoa run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the service until SIGTERM or SIGINT.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:told to end", "1:could not run, or could not go on"})
final class RunCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws CannotRunException, ProblemsException, InterruptedException {
    try (Service service = Service.start(options.engineConfig(), null)) {
      Thread hook = new Thread(() -> endWell(service), "qoa-shutdown");
      Runtime.getRuntime().addShutdownHook(hook);
      System.err.println("qoa: metrics and health at " + service.url());
      try {
        service.await();
      } finally {
        leave(hook);
      }
      return ExitCode.OK;
    }
  }

  /** A service that was told to end and did has not failed: its exit code is 0, not 143. */
  private static void endWell(Service service) {
    service.close();
    Runtime.getRuntime().halt(ExitCode.OK);
  }

  private static void leave(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is what ended the service: it ends the process too.
    }
  }
}
