package qoa.service.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.core.sink.Sink;
import qoa.service.run.Service;

/** {@code qoa run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the engine until SIGTERM or SIGINT.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:stopped by SIGTERM or SIGINT",
      "1:could not run, or could not continue",
      "3:out of memory; set QOA_OPTS=-Xmx2g, for example"
    })
final class RunCommand implements Callable<Integer> {

  private final Sink watcher;

  @Mixin private CommonOptions options;

  RunCommand() {
    this(null);
  }

  /**
   * @param watcher receives what is committed, as in {@link Service#start}; null for none
   */
  RunCommand(Sink watcher) {
    this.watcher = watcher;
  }

  @Override
  public Integer call() throws CannotRunException, ProblemsException, InterruptedException {
    try (Service service = Service.start(options.engineConfig(), watcher)) {
      // For threads of libraries: the death of one must end the service.
      Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> service.fail(cause));
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

  /** A service that ends on a signal has not failed: its exit code is 0, not 143. */
  private static void endWell(Service service) {
    boolean failed = service.hasFailed();
    service.close();
    Runtime.getRuntime().halt(failed ? ExitCode.COULD_NOT_RUN : ExitCode.OK);
  }

  private static void leave(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook has ended the service, and ends the process too.
    }
  }
}
