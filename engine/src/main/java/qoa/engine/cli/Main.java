package qoa.engine.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import qoa.engine.kafka.BrokerException;
import qoa.engine.model.Problem;
import qoa.engine.model.ProblemsException;
import qoa.engine.pipeline.CannotRunException;

/** The command line. Commands parse and print; the pipeline works. */
@Command(
    name = "qoa",
    description =
        "Keeps the promises that parties make each other about machine-learning services.",
    mixinStandardHelpOptions = true,
    version = "qoa engine 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      DryRunCommand.class,
      CheckCommand.class,
      EventsCommand.class,
      DeadLettersCommand.class
    })
public final class Main {

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command; prints a person's mistakes without a stack trace. */
  static int run(String... args) {
    CommandLine commands =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Main::wrongUsage)
            .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command.getErr()));
    if (args.length == 0) {
      commands.usage(commands.getErr());
      return ExitCode.COULD_NOT_RUN;
    }
    return commands.execute(args);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("qoa: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.COULD_NOT_RUN;
  }

  private static int failed(Exception e, PrintWriter err) throws Exception {
    if (e instanceof ProblemsException problems) {
      for (Problem problem : problems.problems()) {
        err.println(problem);
      }
    } else if (e instanceof CannotRunException || e instanceof BrokerException) {
      err.println("qoa: " + e.getMessage());
    } else {
      throw e; // a fault of ours: the stack trace is what its report needs
    }
    return ExitCode.COULD_NOT_RUN;
  }
}
