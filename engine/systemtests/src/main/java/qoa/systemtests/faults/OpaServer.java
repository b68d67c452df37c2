package qoa.systemtests.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import qoa.testing.Await;

/** An OPA server that an operator runs. */
final class OpaServer implements AutoCloseable {

  private final Path binary;
  private final Path log;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;

  OpaServer(Path binary, Path log) throws IOException {
    this.binary = binary;
    this.log = log;
    this.port = Ports.free();
  }

  /** Starts it, and waits until it answers. */
  void start() throws Exception {
    List<String> command =
        List.of(
            binary.toString(),
            "run",
            "--server",
            "--addr=127.0.0.1:" + port,
            "--log-level=error",
            "--skip-version-check");
    process = ChildProcess.start(log, new ProcessBuilder(command));
    Await.until("OPA answers", this::answers);
  }

  private boolean answers() throws InterruptedException {
    HttpRequest health =
        HttpRequest.newBuilder(url().resolve("/health")).timeout(Duration.ofSeconds(1)).build();
    try {
      return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Its process; a new one after each start. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Kills it with SIGKILL. It loses its policies and data. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
