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
    description = "Runs the service until SIGTERM or SIGINT.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:told to end",
      "1:could not run, or could not go on",
      "3:out of memory; QOA_OPTS=-Xmx2g gives it more"
    })
final class RunCommand implements Callable<Integer> {

  private final Sink watcher;

  @Mixin private CommonOptions options;

  RunCommand() {
    this(null);
  }

  /**
   * @param watcher gets what is committed, as {@link Service#start} has it; null for none
   */
  RunCommand(Sink watcher) {
    this.watcher = watcher;
  }

  @Override
  public Integer call() throws CannotRunException, ProblemsException, InterruptedException {
    try (Service service = Service.start(options.engineConfig(), watcher)) {
      // For threads of libraries: a part of the service that rests on one must not die unnoticed.
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

  /** A service that was told to end and did has not failed: its exit code is 0, not 143. */
  private static void endWell(Service service) {
    boolean failed = service.hasFailed();
    service.close();
    Runtime.getRuntime().halt(failed ? ExitCode.COULD_NOT_RUN : ExitCode.OK);
  }

  private static void leave(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is what ended the service: it ends the process too.
    }
  }
}
