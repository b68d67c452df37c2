package qoa.systemtests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.service.cli.Main;

/**
 * An engine as an operator runs it: {@code run -c engine.yaml} in a process of its own, started
 * again whenever it ends by itself. Methods may be called from any thread.
 */
final class EngineProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EngineProcess.class);
  private static final int GRACEFUL_SECONDS = 30;
  private static final int LAST_LINES = 5;

  private final String name;
  private final Path home;
  private final Path folder;
  private boolean wanted;
  private int ended;
  private Process process;

  /**
   * @param folder has its {@code engine.yaml}
   * @param home the repository's top folder
   */
  EngineProcess(Path folder, Path home) {
    this.name = folder.getFileName().toString();
    this.folder = folder;
    this.home = home;
  }

  /** Starts it, from now on also after it has ended by itself. */
  synchronized void start() throws IOException {
    wanted = true;
    launch();
  }

  private void launch() throws IOException {
    process =
        ChildProcess.start(
            log(),
            List.of("-Xmx256m", "-Dqoa.home=" + home),
            Main.class,
            List.of("run", "-c", folder.resolve("engine.yaml").toString()));
  }

  /** Starts it again where it has ended by itself. To be called every now and then. */
  synchronized void supervise() throws IOException {
    if (wanted && !process.isAlive()) {
      LOG.info("{} ended by itself with exit code {}: {}", name, process.exitValue(), lastWords());
      Files.writeString(log(), "--- ended by itself\n", StandardOpenOption.APPEND);
      ended++;
      launch();
    }
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** How often it has ended by itself. */
  synchronized int ended() {
    return ended;
  }

  /** Kills it at once. */
  synchronized void kill() {
    wanted = false;
    process.destroyForcibly().onExit().join();
  }

  /** Ends it in good order; false where it had to be killed in the end. */
  synchronized boolean terminate() throws InterruptedException {
    wanted = false;
    process.destroy();
    if (process.waitFor(GRACEFUL_SECONDS, TimeUnit.SECONDS)) {
      return true;
    }
    LOG.warn("{} did not end within {} s of SIGTERM", name, GRACEFUL_SECONDS);
    kill();
    return false;
  }

  /** Its process, which may be another one soon. */
  synchronized ProcessHandle handle() {
    return process.toHandle();
  }

  private Path log() {
    return folder.resolve("engine.log");
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      kill();
    }
  }
}
