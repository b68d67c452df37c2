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

  /** Runs a command and ends the process with its exit code, whatever becomes of it. */
  public static void main(String[] args) {
    int code = ExitCode.COULD_NOT_RUN;
    try {
      code = run(args);
    } catch (OutOfMemoryError e) {
      System.err.println("qoa: out of memory; QOA_OPTS=-Xmx2g, for one, gives it more");
    } catch (Throwable e) { // an Error that nobody caught: other threads must not keep the process
      System.err.println("qoa: ended because of a fault of its own: " + e);
    } finally {
      System.exit(code);
    }
  }

  /** Runs a command; prints a person's mistakes without a stack trace. */
  static int run(String... args) {
    return run(new CommandLine(new Main()), args);
  }

  static int run(CommandLine commands, String... args) {
    commands
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
