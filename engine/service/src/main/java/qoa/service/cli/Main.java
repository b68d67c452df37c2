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

/** The command line. */
@Command(
    name = "qoa",
    description =
        "Tracks the quality that stakeholders promise each other for machine-learning services.",
    mixinStandardHelpOptions = true,
    version = "qoa engine 0.1.0",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private static final String FORMAT = "--format";

  private Main() {}

  /** Runs a command, and always ends the process with an exit code. */
  public static void main(String[] args) {
    // Logs and stack traces are written there too, and may quote any configured value.
    System.setErr(RedactingStream.over(System.err, Redactor.OF_PROCESS));
    int code = ExitCode.COULD_NOT_RUN;
    try {
      code = run(args);
    } catch (OutOfMemoryError e) {
      System.err.println("qoa: out of memory; set QOA_OPTS=-Xmx2g, for example");
    } catch (Throwable e) { // other threads must not keep the process alive
      System.err.println("qoa: internal error: " + e);
    } finally {
      System.exit(code);
    }
  }

  /** Runs a command. Prints mistakes of the user without a stack trace. */
  static int run(String... args) {
    return run(commands(), args);
  }

  /** All commands, in the order in which help lists them. */
  static CommandLine commands() {
    CommandLine commands = new CommandLine(new Main());
    ServiceLoader.load(Subcommand.class).forEach(commands::addSubcommand);
    return commands
        .addSubcommand(new CheckCommand())
        .addSubcommand(new DryRunCommand())
        .addSubcommand(new RunCommand())
        .addSubcommand(new EventsCommand())
        .addSubcommand(new DeadLettersCommand());
  }

  static int run(CommandLine commands, String... args) {
    commands
        .registerConverter(OutputFormat.class, new EnumConverter<>(OutputFormat.class))
        .registerConverter(Evaluator.class, new EnumConverter<>(Evaluator.class))
        .registerConverter(Allowed.class, new EnumConverter<>(Allowed.class))
        .registerConverter(
            DryRunCommand.Timestamps.class, new EnumConverter<>(DryRunCommand.Timestamps.class))
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
    List<String> given = List.of(args);
    int format = given.indexOf(FORMAT);
    boolean json =
        given.contains(FORMAT + "=" + OutputFormat.JSON)
            || (format >= 0 && given.indexOf(OutputFormat.JSON.toString()) == format + 1);
    if (!commands.isEmpty()
        && e instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()) {
      String name = unmatched.getUnmatched().get(0);
      String known = String.join(", ", commands);
      String hint = NearestName.hint(name, commands);
      message = "unknown command " + name + "; expected one of " + known + hint;
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
      throw e; // an error in the engine: a bug report needs the stack trace
    }
    return ExitCode.COULD_NOT_RUN;
  }
}
