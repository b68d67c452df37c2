package qoa.engine.cli;

import java.io.PrintWriter;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import qoa.engine.config.Evaluator;
import qoa.engine.kafka.BrokerException;
import qoa.engine.model.NearestName;
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
            .registerConverter(OutputFormat.class, new WordConverter<>(OutputFormat.class))
            .registerConverter(Evaluator.class, new WordConverter<>(Evaluator.class))
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
    Set<String> commands = e.getCommandLine().getSubcommands().keySet();
    if (!commands.isEmpty()
        && e instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()) {
      String word = unmatched.getUnmatched().get(0);
      String known = String.join(", ", commands);
      String hint = NearestName.hint(word, commands);
      err.println("qoa: unknown command " + word + "; expected one of " + known + hint);
    } else {
      err.println("qoa: " + e.getMessage());
      UnmatchedArgumentException.printSuggestions(e, err);
    }
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
