package qoa.core.policies;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;

/**
 * The {@code opa} program on this machine. Thread-safe.
 *
 * @param path the program
 */
public record OpaBinary(Path path) {

  private static final String NAME = "opa";
  private static final Duration SETUP_LIMIT = Duration.ofMinutes(15);
  private static final String NOT_FOUND =
      "was not found, but policies that differ from those that ship need it; put OPA on the PATH,"
          + " set OPA_BIN, or run scripts/setup, which builds OPA with Go or downloads it";

  /** OPA needs more than linear time for both. 3,000 terms took half a minute. */
  private static final String ADVICE =
      "OPA is slow on expressions of thousands of terms and on brackets nested hundreds deep; run"
          + " it on one file at a time to find the expression, and split that; if the machine is"
          + " busy, try again";

  /**
   * The result of a run.
   *
   * @param exitCode 0 for success
   * @param output standard output
   * @param errors standard error
   */
  public record Result(int exitCode, String output, String errors) {}

  /**
   * Finds the program. It looks at the path in {@code OPA_BIN}, then on the {@code PATH}, then
   * where {@code scripts/setup} installs it: under the folder in the system property {@code
   * qoa.home}, or the working directory. If it finds none and the system property {@code qoa.setup}
   * has the path of that script, it runs the script, which may take minutes and prints to standard
   * error.
   *
   * @throws ProblemsException if there is no program
   */
  public static OpaBinary locate() throws ProblemsException {
    return locate(System::getenv, System::getProperty);
  }

  static OpaBinary locate(UnaryOperator<String> environment, UnaryOperator<String> property)
      throws ProblemsException {
    String named = environment.apply("OPA_BIN");
    if (named != null && !named.isBlank()) {
      if (!isProgram(Path.of(named))) {
        throw failed(NAME, "OPA_BIN is " + named + ", which is not an executable file");
      }
      return new OpaBinary(Path.of(named));
    }
    Optional<OpaBinary> found = find(environment.apply("PATH"), property.apply("qoa.home"));
    String setup = property.apply("qoa.setup");
    if (found.isEmpty() && setup != null && isProgram(Path.of(setup))) {
      setUp(setup);
      found = find(null, property.apply("qoa.home"));
    }
    return found.orElseThrow(() -> failed(NAME, NOT_FOUND));
  }

  private static Optional<OpaBinary> find(String path, String home) {
    Stream<Path> onPath =
        path == null
            ? Stream.empty()
            : Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
    return Stream.concat(onPath, Stream.of(Path.of(home == null ? "" : home, ".tools", "bin")))
        .map(folder -> folder.resolve(NAME))
        .filter(OpaBinary::isProgram)
        .findFirst()
        .map(OpaBinary::new);
  }

  /** The script prints its own errors. */
  private static void setUp(String script) throws ProblemsException {
    ProcessBuilder builder =
        new ProcessBuilder(script).redirectError(ProcessBuilder.Redirect.INHERIT);
    run(builder, SETUP_LIMIT, NAME, script, "run it by hand, or put OPA on the PATH");
  }

  /**
   * Runs a subcommand, without a shell, and waits for its end. The program and the processes that
   * it started are killed if it takes too long or writes more than 16 MiB, and when this JVM exits.
   *
   * @param folder the working directory
   * @param limit wall-clock time
   * @param about the subject of messages: a path as the user wrote it, or {@code opa}
   * @param arguments the subcommand and its arguments
   * @throws ProblemsException if the program cannot be started or was killed, or the thread is
   *     interrupted; the message states what to do
   */
  public Result run(Path folder, Duration limit, String about, List<String> arguments)
      throws ProblemsException {
    List<String> command = new ArrayList<>(List.of(path.toAbsolutePath().toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    return run(builder, limit, about, NAME + " " + arguments.get(0), ADVICE);
  }

  /** Runs a subcommand that is about no file. */
  public Result run(Path folder, Duration limit, String... arguments) throws ProblemsException {
    return run(folder, limit, NAME, List.of(arguments));
  }

  private static Result run(
      ProcessBuilder builder, Duration limit, String about, String what, String advice)
      throws ProblemsException {
    try {
      return BoundedRun.run(builder, limit);
    } catch (IOException e) {
      throw failed(about, "%s could not be run: %s".formatted(what, e.getMessage()));
    } catch (BoundedRun.KilledException e) {
      throw failed(about, "%s %s; %s".formatted(what, e.getMessage(), advice));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(about, what + " was interrupted");
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private static ProblemsException failed(String about, String message) {
    return new ProblemsException(List.of(new Problem(about, 0, null, message)));
  }
}
