package qoa.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The engine's command line in a JVM of its own, started in the repository's top folder as people
 * start it. What it prints goes to files, so that it never waits for a reader.
 */
public final class ChildJvm implements AutoCloseable {

  /** The repository's top folder. */
  public static final Path HOME =
      Path.of(System.getProperty("qoa.home", "../..")).toAbsolutePath().normalize();

  private final Process process;
  private final Path out;
  private final Path err;

  /** How a command ended, and what it printed. */
  public record Result(int exitCode, String out, String err) {

    /** Everything printed, for messages of assertions. */
    @Override
    public String toString() {
      return "exit code " + exitCode + "\n--- out\n" + out + "\n--- err\n" + err;
    }
  }

  private ChildJvm(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Runs a command to its end, which must come within two minutes. */
  public static Result run(String... arguments) throws Exception {
    try (ChildJvm child = start(null, List.of(), arguments)) {
      return child.await(Await.LONG);
    }
  }

  /**
   * Runs a command to its end with an empty environment: nothing is on its path.
   *
   * @param options of the JVM
   */
  public static Result runBare(List<String> options, String... arguments) throws Exception {
    ProcessBuilder builder = command(options, arguments);
    builder.environment().clear();
    try (ChildJvm child = start(null, builder)) {
      return child.await(Await.LONG);
    }
  }

  /**
   * Starts a command.
   *
   * @param in what it finds at its standard input; null for nothing
   * @param options of the JVM
   */
  public static ChildJvm start(Path in, List<String> options, String... arguments)
      throws IOException {
    return start(in, command(options, arguments));
  }

  /**
   * Starts another program than the engine's.
   *
   * @param main the name of its class
   * @param options of the JVM
   */
  public static ChildJvm startMain(String main, List<String> options, String... arguments)
      throws IOException {
    return start(null, command(main, options, arguments));
  }

  private static ProcessBuilder command(List<String> options, String... arguments) {
    return command("qoa.service.cli.Main", options, arguments);
  }

  private static ProcessBuilder command(String main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dqoa.home=" + HOME));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(HOME.toFile());
  }

  private static ChildJvm start(Path in, ProcessBuilder builder) throws IOException {
    Path out = Files.createTempFile("qoa-test", ".out");
    Path err = Files.createTempFile("qoa-test", ".err");
    Process process =
        builder
            .redirectInput(in == null ? new File("/dev/null") : in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new ChildJvm(process, out, err);
  }

  /** Waits for its end. */
  public Result await(Duration limit) throws Exception {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          "still runs after " + limit.toSeconds() + " s\n" + out() + "\n" + err());
    }
    return new Result(process.exitValue(), out(), err());
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Its process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** What it has printed so far. */
  public String out() {
    return text(out);
  }

  /** What it has told so far. */
  public String err() {
    return text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it if it still runs. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
  }
}
