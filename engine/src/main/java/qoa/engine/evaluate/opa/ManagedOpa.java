package qoa.engine.evaluate.opa;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.engine.evaluate.EvaluatorUnavailableException;

/**
 * Runs {@code opa run --server} on a free port of the loopback interface, and starts it again when
 * it dies: at once, then after pauses that double up to 10 s. OPA lets only this engine in, by a
 * token that changes with each engine.
 *
 * <p>One thread, {@code opa-supervisor}, starts OPA and waits for its end. All methods may be
 * called by any thread. OPA ends with {@link #close}, with the JVM, and when the JVM is killed: it
 * holds the other end of a pipe, by a line of shell, as OPA itself does not watch its standard
 * input. It outlives the JVM only where somebody kills that shell too.
 *
 * <p>OPA's server cannot be told to leave out builtins such as {@code http.send}: policies are
 * checked for them before they get here. What is left to a policy that gets by is little: the
 * process has an empty environment and holds only a hash of the token.
 */
public final class ManagedOpa implements OpaEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(ManagedOpa.class);

  private static final Duration START = Duration.ofSeconds(15);
  private static final Duration STOP = Duration.ofSeconds(2);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STABLE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int TOKEN_BYTES = 32;
  private static final String WARNING = "\"level\":\"warning\"";
  private static final int LOG_SHOWN = 500;
  private static final int OK = 200;

  /** Kills OPA when the pipe to the JVM breaks; the kill misses where OPA ended by itself. */
  private static final String LEASH =
      "exec 3<&0; { read -r _ <&3 || kill -KILL $$ 2>/dev/null; } & exec \"$0\" \"$@\" </dev/null 3<&-";

  /** OPA allocates much and keeps little, so that collecting less often buys a third of speed. */
  private static final Map<String, String> GO = Map.of("GOGC", "400", "GOMEMLIMIT", "1GiB");

  private static final String AUTHORIZATION =
      """
      package system.authz

      default allow := false

      allow if crypto.sha256(input.identity) == "%s"
      """;

  private final Path binary;
  private final Path folder;
  private final String token;
  private final Thread supervisor = new Thread(this::supervise, "opa-supervisor");
  private final Thread shutdownHook = new Thread(this::stop, "opa-shutdown");
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Process process;
  private URI uri;
  private String lastDeath = "it has not started yet";
  private boolean closed;

  private ManagedOpa(Path binary, Path folder, String token) {
    this.binary = binary;
    this.folder = folder;
    this.token = token;
  }

  /**
   * Starts OPA and waits until it answers.
   *
   * @param binary the OPA binary
   * @throws EvaluatorUnavailableException where it does not answer within 15 s
   */
  public static ManagedOpa start(Path binary)
      throws EvaluatorUnavailableException, InterruptedException {
    return start(binary, START);
  }

  static ManagedOpa start(Path binary, Duration patience)
      throws EvaluatorUnavailableException, InterruptedException {
    String token = newToken();
    ManagedOpa opa = new ManagedOpa(binary, newFolder(token), token);
    opa.supervisor.setDaemon(true);
    Runtime.getRuntime().addShutdownHook(opa.shutdownHook);
    opa.supervisor.start();
    try {
      opa.await(patience);
      return opa;
    } catch (EvaluatorUnavailableException | InterruptedException e) {
      opa.close();
      throw e;
    }
  }

  /** Waits up to 15 s where OPA is just being started again. */
  @Override
  public URI await() throws EvaluatorUnavailableException, InterruptedException {
    return await(START);
  }

  private synchronized URI await(Duration patience)
      throws EvaluatorUnavailableException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!closed && (uri == null || !process.isAlive())) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new EvaluatorUnavailableException("the managed OPA is down: " + lastDeath, null);
      }
      wait(Math.min(left, POLL.toMillis()));
    }
    if (closed) {
      throw new EvaluatorUnavailableException("the managed OPA is closed", null);
    }
    return uri;
  }

  @Override
  public String token() {
    return token;
  }

  /** The process id of the OPA that runs now, or ran last; -1 before the first. */
  public synchronized long pid() {
    return process == null ? -1 : process.pid();
  }

  private void supervise() {
    int restarts = 0;
    try {
      while (!isClosed()) {
        TimeUnit.MILLISECONDS.sleep(pauseBefore(restarts).toMillis());
        long started = System.nanoTime();
        runOnce();
        boolean stable = System.nanoTime() - started >= STABLE.toNanos();
        restarts = stable ? 1 : restarts + 1;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by close
    }
  }

  /**
   * How long to wait before a start.
   *
   * @param restarts 0 for the first start, then counted from 1 since OPA was last up for a minute
   */
  static Duration pauseBefore(int restarts) {
    Duration pause = restarts <= 1 ? Duration.ZERO : FIRST_PAUSE;
    for (int i = 2; i < restarts && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private void runOnce() throws InterruptedException {
    try {
      int port = freePort();
      Process started = launch(port);
      if (started == null) {
        return;
      }
      URI address = URI.create("http://127.0.0.1:" + port);
      if (answers(started, address)) {
        publish(address);
        LOG.debug("managed OPA runs, pid {}, {}", started.pid(), address);
      } else {
        started.destroyForcibly();
      }
      int exit = started.waitFor();
      withdraw("OPA ended with status " + exit + lastWords());
    } catch (IOException e) {
      withdraw(e.toString());
    }
  }

  private synchronized Process launch(int port) throws IOException {
    if (closed) {
      return null;
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                "/bin/sh",
                "-c",
                LEASH,
                binary.toAbsolutePath().toString(),
                "run",
                "--server",
                "--addr=127.0.0.1:" + port,
                "--log-level=error",
                "--skip-version-check",
                "--authentication=token",
                "--authorization=basic",
                folder.resolve("authz.rego").toString()));
    builder.environment().clear();
    builder.environment().putAll(GO);
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    process = builder.start();
    return process;
  }

  private boolean answers(Process started, URI address) throws InterruptedException {
    HttpRequest health =
        HttpRequest.newBuilder(address.resolve("/health"))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(1))
            .build();
    long deadline = System.nanoTime() + START.toNanos();
    while (started.isAlive() && System.nanoTime() < deadline) {
      try {
        if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == OK) {
          return true;
        }
      } catch (IOException e) {
        LOG.trace("managed OPA does not answer yet", e);
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
    return false;
  }

  private synchronized void publish(URI address) {
    uri = address;
    notifyAll();
  }

  private synchronized void withdraw(String reason) {
    uri = null;
    lastDeath = reason;
    if (!closed) {
      LOG.warn("managed OPA is down, starting it again: {}", reason);
    }
    notifyAll();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private Path log() {
    return folder.resolve("opa.log");
  }

  private String lastWords() {
    try (Stream<String> lines = Files.lines(log())) {
      String text =
          lines.filter(line -> !line.contains(WARNING)).collect(Collectors.joining(" ")).strip();
      return text.isEmpty() ? "" : ": " + text.substring(Math.max(0, text.length() - LOG_SHOWN));
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      LOG.trace("the JVM is shutting down", e);
    }
    stop();
  }

  private void stop() {
    Process last;
    synchronized (this) {
      closed = true;
      last = process;
      notifyAll();
    }
    supervisor.interrupt();
    if (last != null) {
      end(last);
    }
    for (String file : List.of("authz.rego", "opa.log", "")) {
      try {
        Files.deleteIfExists(folder.resolve(file));
      } catch (IOException e) {
        LOG.debug("a temporary file stays behind", e);
      }
    }
  }

  private static void end(Process last) {
    last.destroy();
    try {
      if (!last.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        last.destroyForcibly();
      }
    } catch (InterruptedException e) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path newFolder(String token) {
    try {
      Path folder = Files.createTempDirectory("qoa-opa-");
      Files.writeString(folder.resolve("authz.rego"), AUTHORIZATION.formatted(sha256(token)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to the folder for temporary files", e);
    }
  }

  private static String newToken() {
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    return HexFormat.of().formatHex(token);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
