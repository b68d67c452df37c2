package qoa.core.evaluate.opa;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an OPA of our own is launched, and what it needs: a token that only this engine has, a folder
 * for its authorization policy and its log, an empty environment. Launches may be called by one
 * thread at a time, the rest by any.
 *
 * <p>An OPA ends when the JVM is killed, too: it holds the other end of a pipe, by a line of shell,
 * as OPA itself does not watch its standard input. It outlives the JVM only where somebody kills
 * that shell as well.
 */
final class OpaLauncher {

  private static final Logger LOG = LoggerFactory.getLogger(OpaLauncher.class);

  private static final int TOKEN_BYTES = 32;
  private static final String WARNING = "\"level\":\"warning\"";
  private static final int LOG_SHOWN = 500;
  private static final Duration STOP = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int OK = 200;

  /**
   * Kills OPA when the pipe to the JVM breaks; the kill misses where OPA ended by itself. What
   * waits for that holds no other pipe: OPA's output ends with OPA.
   */
  private static final String LEASH =
      "exec 3<&0; { exec >/dev/null 2>&1; read -r _ <&3 || kill -KILL $$; } &"
          + " exec \"$0\" \"$@\" </dev/null 3<&-";

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
  private final String token = newToken();
  private volatile LogTail log;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param binary the OPA binary
   */
  OpaLauncher(Path binary) {
    this.binary = binary;
    this.folder = newFolder(token);
  }

  /** What lets a caller in. */
  String token() {
    return token;
  }

  /** Starts OPA on a port of the loopback interface. */
  Process launch(int port) throws IOException {
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
    Process started = builder.redirectErrorStream(true).start();
    log = LogTail.of(started);
    return started;
  }

  /** Waits until an OPA answers; false where it ended, or had not after a while. */
  boolean answers(Process started, URI address, Duration patience) throws InterruptedException {
    HttpRequest health =
        HttpRequest.newBuilder(address.resolve("/health"))
            .header("Authorization", "Bearer " + token)
            .build();
    long deadline = System.nanoTime() + patience.toNanos();
    while (started.isAlive() && System.nanoTime() < deadline) {
      try {
        if (status(health) == OK) {
          return true;
        }
      } catch (IOException | TimeoutException e) {
        LOG.trace("managed OPA does not answer yet", e);
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
    return false;
  }

  /** The limit covers the whole answer, which the client's own limit does not. */
  private int status(HttpRequest request)
      throws IOException, TimeoutException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    try {
      return answer.get(1, TimeUnit.SECONDS).statusCode();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /** The end of what OPA wrote that is more than a warning; empty where it wrote nothing such. */
  String lastWords() throws InterruptedException {
    LogTail written = log;
    String text =
        (written == null ? "" : written.text())
            .lines()
            .filter(line -> !line.contains(WARNING))
            .collect(Collectors.joining(" "))
            .strip();
    return text.isEmpty() ? "" : ": " + text.substring(Math.max(0, text.length() - LOG_SHOWN));
  }

  /** Deletes the folder. */
  void clean() {
    for (String file : List.of("authz.rego", "")) {
      try {
        Files.deleteIfExists(folder.resolve(file));
      } catch (IOException e) {
        LOG.debug("a temporary file stays behind", e);
      }
    }
  }

  /** Ends an OPA, kindly first. */
  static void end(Process last) {
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

  /** A port that nobody listens on; somebody may before OPA does, which then ends at once. */
  static int freePort() throws IOException {
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
