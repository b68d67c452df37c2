package qoa.core.policies;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One run of another program, with a limit on its time and on its output. The program writes to
 * files, not to pipes, so it never waits for a reader. The program and the processes that it
 * started are killed at a limit, at an interrupt, and when this JVM exits. Used by one thread.
 */
final class BoundedRun implements AutoCloseable {

  /** Limit of the bytes on standard output, and of those on standard error. */
  static final int MAX_OUTPUT = 16 << 20;

  private static final String ENDING = "was killed because the engine is stopping";
  private static final long POLL_MILLIS = 20;

  /** The current runs, which are killed when the JVM exits. */
  private static final Set<BoundedRun> RUNNING = ConcurrentHashMap.newKeySet();

  private static volatile boolean ending;

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(BoundedRun::killAll, "opa-processes"));
    } catch (IllegalStateException e) {
      ending = true; // the JVM is already shutting down
    }
  }

  /** The program was killed. The message states the limit, such as "took longer than 2 s". */
  static final class KilledException extends Exception {

    private static final long serialVersionUID = 1;

    KilledException(String message) {
      super(message);
    }
  }

  private final Path output = Files.createTempFile("opa", ".out");
  private final Path errors = Files.createTempFile("opa", ".err");
  private volatile Process process;

  private BoundedRun() throws IOException {}

  /**
   * Runs a program to its end.
   *
   * @param builder the program; unless its standard error is redirected, the result contains it
   * @param limit wall-clock time, above 0
   * @throws IOException if the program cannot be started
   * @throws KilledException if it was killed at a limit
   */
  static OpaBinary.Result run(ProcessBuilder builder, Duration limit)
      throws IOException, KilledException, InterruptedException {
    try (BoundedRun run = new BoundedRun()) {
      return run.complete(builder, limit);
    }
  }

  private OpaBinary.Result complete(ProcessBuilder builder, Duration limit)
      throws IOException, KilledException, InterruptedException {
    builder.redirectInput(new File("/dev/null")).redirectOutput(output.toFile());
    if (builder.redirectError().equals(ProcessBuilder.Redirect.PIPE)) {
      builder.redirectError(errors.toFile());
    }
    start(builder);
    long deadline = System.nanoTime() + limit.toNanos();
    boolean ended = false;
    while (!ended) {
      ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (ending) {
        throw new KilledException(ENDING);
      }
      if (Files.size(output) > MAX_OUTPUT || Files.size(errors) > MAX_OUTPUT) {
        throw new KilledException("wrote more than " + (MAX_OUTPUT >> 20) + " MiB and was killed");
      }
      if (!ended && System.nanoTime() > deadline) {
        throw new KilledException("took longer than " + shown(limit) + " and was killed");
      }
    }
    return new OpaBinary.Result(process.exitValue(), text(output), text(errors));
  }

  private void start(ProcessBuilder builder) throws IOException, KilledException {
    synchronized (RUNNING) {
      if (ending) {
        throw new KilledException(ENDING);
      }
      RUNNING.add(this);
      process = builder.start();
    }
  }

  private static String shown(Duration limit) {
    return limit.toSeconds() > 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  /** Not {@code readString}: programs quote files that are not UTF-8. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private void kill() {
    Process running = process;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
    }
  }

  private static void killAll() {
    synchronized (RUNNING) { // waits for a start in progress; no other program starts afterwards
      ending = true;
    }
    RUNNING.forEach(BoundedRun::close);
  }

  @Override
  public void close() {
    kill();
    RUNNING.remove(this);
    for (Path file : new Path[] {output, errors}) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
