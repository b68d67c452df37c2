package qoa.service.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import qoa.core.documents.NearestName;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.CannotRunException;
import qoa.kafka.BrokerException;
import qoa.service.config.Evaluator;
import qoa.service.config.RedactingStream;
import qoa.service.config.Redactor;

/** The command line. Commands parse and print; the service works. */
@Command(
    name = "qoa",
    description =
        "Tracks the quality that stakeholders promise each other for machine-learning services.",
    mixinStandardHelpOptions = true,
    version = "qoa engine 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      DryRunCommand.class,
      CheckCommand.class,
      EventsCommand.class,
      DeadLettersCommand.class
    })
public final class Main {

  private static final String FORMAT = "--format";

  private Main() {}

  /** Runs a command and ends the process with its exit code, whatever becomes of it. */
  public static void main(String[] args) {
    // Logs and stack traces go there too, and what others say in them nobody knows beforehand.
    System.setErr(RedactingStream.over(System.err, Redactor.OF_PROCESS));
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
    CommandLine commands = new CommandLine(new Main());
    ServiceLoader.load(Subcommand.class).forEach(commands::addSubcommand);
    return run(commands, args);
  }

  static int run(CommandLine commands, String... args) {
    commands
        .registerConverter(OutputFormat.class, new WordConverter<>(OutputFormat.class))
        .registerConverter(Evaluator.class, new WordConverter<>(Evaluator.class))
        .registerConverter(Allowed.class, new WordConverter<>(Allowed.class))
        .registerConverter(
            DryRunCommand.Timestamps.class, new WordConverter<>(DryRunCommand.Timestamps.class))
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    if (args.length == 0) {
      commands.usage(commands.getErr());
      return ExitCode.COULD_NOT_RUN;
    }
    return commands.execute(args);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    Set<String> commands = command.getSubcommands().keySet();
    String message = e.getMessage();
    List<String> words = List.of(args);
    int format = words.indexOf(FORMAT);
    boolean json =
        words.contains(FORMAT + "=" + OutputFormat.JSON)
            || (format >= 0 && words.indexOf(OutputFormat.JSON.toString()) == format + 1);
    if (!commands.isEmpty()
        && e instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()) {
      String word = unmatched.getUnmatched().get(0);
      String known = String.join(", ", commands);
      String hint = NearestName.hint(word, commands);
      message = "unknown command " + word + "; expected one of " + known + hint;
    }
    Diagnostics.to(err, json).error(message);
    if (!json) {
      if (message.equals(e.getMessage())) {
        UnmatchedArgumentException.printSuggestions(e, err);
      }
      err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.COULD_NOT_RUN;
  }

  private static int failed(Exception e, CommandLine command) throws Exception {
    OptionSpec format = command.getCommandSpec().findOption(FORMAT);
    boolean json = format != null && format.getValue() == OutputFormat.JSON;
    Diagnostics diagnostics = Diagnostics.to(command.getErr(), json);
    if (e instanceof ProblemsException problems) {
      problems.problems().forEach(diagnostics::problem);
    } else if (e instanceof CannotRunException || e instanceof BrokerException) {
      diagnostics.error(e.getMessage());
    } else {
      throw e; // a fault of ours: the stack trace is what its report needs
    }
    return ExitCode.COULD_NOT_RUN;
  }
}
