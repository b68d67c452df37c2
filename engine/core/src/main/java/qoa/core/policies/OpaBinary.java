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
 * The {@code opa} program of this machine.
 *
 * @param path the program
 */
public record OpaBinary(Path path) {

  private static final String NAME = "opa";
  private static final Duration SETUP_LIMIT = Duration.ofMinutes(15);
  private static final String NOT_FOUND =
      "was not found, and only the policies that ship do without: put OPA on the PATH, or name it in"
          + " OPA_BIN, or run scripts/setup, which builds it with Go or downloads it";

  /** OPA needs more than linear time for both; measured: 3,000 terms take it half a minute. */
  private static final String ADVICE =
      "OPA needs long for expressions of thousands of terms and for brackets that are nested"
          + " hundreds deep: run it by hand on one file at a time to find the one, and split that;"
          + " on a busy machine, try again";

  /**
   * How a run ended.
   *
   * @param exitCode 0 for success
   * @param output what it wrote to standard output
   * @param errors what it wrote to standard error
   */
  public record Result(int exitCode, String output, String errors) {}

  /**
   * Finds the program: where {@code OPA_BIN} says, else on the {@code PATH}, else where {@code
   * scripts/setup} puts it, under the folder that the system property {@code qoa.home} names, or
   * the current one. Where it is in none of these, and the system property {@code qoa.setup} names
   * that script, it is run first, which may take minutes; what it says goes to standard error.
   *
   * @throws ProblemsException where it cannot be had
   */
  public static OpaBinary locate() throws ProblemsException {
    return locate(System::getenv, System::getProperty);
  }

  static OpaBinary locate(UnaryOperator<String> environment, UnaryOperator<String> property)
      throws ProblemsException {
    String named = environment.apply("OPA_BIN");
    if (named != null && !named.isBlank()) {
      if (!isProgram(Path.of(named))) {
        throw failed(NAME, "OPA_BIN names " + named + ", which is not a program that can be run");
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

  /** The script itself says why it fails, where it does. */
  private static void setUp(String script) throws ProblemsException {
    ProcessBuilder builder =
        new ProcessBuilder(script).redirectError(ProcessBuilder.Redirect.INHERIT);
    run(builder, SETUP_LIMIT, NAME, script, "run it by hand, or put OPA on the PATH");
  }

  /**
   * Runs a subcommand and waits for its end. No shell is involved. The program is killed, with the
   * processes that it started, when it takes too long, when it writes more than 16 MiB, and when
   * this JVM ends.
   *
   * @param folder the working directory
   * @param limit how long it may take
   * @param about what messages name: a file or folder as the person named it, or {@code opa}
   * @param arguments the subcommand and what follows it
   * @throws ProblemsException where it cannot be started or was killed, or the thread is
   *     interrupted; the message says what to do
   */
  public Result run(Path folder, Duration limit, String about, List<String> arguments)
      throws ProblemsException {
    List<String> command = new ArrayList<>(List.of(path.toAbsolutePath().toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    return run(builder, limit, about, NAME + " " + arguments.get(0), ADVICE);
  }

  /** The same where no file is to blame. */
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
