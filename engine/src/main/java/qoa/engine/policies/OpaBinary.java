package qoa.engine.policies;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import qoa.engine.model.Problem;
import qoa.engine.model.ProblemsException;

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
        throw failed("OPA_BIN names " + named + ", which is not a program that can be run");
      }
      return new OpaBinary(Path.of(named));
    }
    Optional<OpaBinary> found = find(environment.apply("PATH"), property.apply("qoa.home"));
    String setup = property.apply("qoa.setup");
    if (found.isEmpty() && setup != null && isProgram(Path.of(setup))) {
      setUp(setup);
      found = find(null, property.apply("qoa.home"));
    }
    return found.orElseThrow(() -> failed(NOT_FOUND));
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

  /** Says itself why it fails, where it does. */
  private static void setUp(String script) throws ProblemsException {
    try {
      Process process =
          new ProcessBuilder(script)
              .redirectOutput(new File("/dev/null"))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      await(process, SETUP_LIMIT, "set-up");
    } catch (IOException e) {
      throw failed(script + " could not be run: " + e.getMessage());
    }
  }

  /**
   * Runs a subcommand and waits for its end. No shell is involved.
   *
   * @param folder the working directory
   * @param limit the program is ended after this time
   * @param arguments the subcommand and what follows it
   * @throws ProblemsException where it cannot be started, takes too long, or the thread is
   *     interrupted
   */
  public Result run(Path folder, Duration limit, String... arguments) throws ProblemsException {
    List<String> command = new ArrayList<>(List.of(path.toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    Path output = null;
    Path errors = null;
    try {
      // Files, not pipes: nobody has to empty them while we wait.
      output = Files.createTempFile("opa", ".out");
      errors = Files.createTempFile("opa", ".err");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      await(process, limit, arguments[0]);
      return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
    } catch (IOException e) {
      throw failed("could not be run as " + path + ": " + e.getMessage());
    } finally {
      delete(output);
      delete(errors);
    }
  }

  private static void await(Process process, Duration limit, String subcommand)
      throws ProblemsException {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failed(subcommand + " took longer than " + limit.toSeconds() + " s and was ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(subcommand + " was interrupted");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private static ProblemsException failed(String message) {
    return new ProblemsException(List.of(new Problem(NAME, 0, null, message)));
  }
}
