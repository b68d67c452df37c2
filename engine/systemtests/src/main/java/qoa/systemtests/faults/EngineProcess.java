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
 * An engine as an operator runs it: {@code run -c engine.yaml} in its own process, which is started
 * again if it ends by itself. Any thread may call it.
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
   * @param folder the folder with its {@code engine.yaml}
   * @param home the top folder of the repository
   */
  EngineProcess(Path folder, Path home) {
    this.name = folder.getFileName().toString();
    this.folder = folder;
    this.home = home;
  }

  /** Starts it, and lets {@link #supervise} start it again. */
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

  /** Starts it again if it has ended by itself. Call it regularly. */
  synchronized void supervise() throws IOException {
    if (wanted && !process.isAlive()) {
      LOG.info("{} ended by itself with exit code {}: {}", name, process.exitValue(), lastLines());
      Files.writeString(log(), "--- ended by itself\n", StandardOpenOption.APPEND);
      ended++;
      launch();
    }
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** How often it has ended by itself. */
  synchronized int ended() {
    return ended;
  }

  /** Kills it with SIGKILL. */
  synchronized void kill() {
    wanted = false;
    process.destroyForcibly().onExit().join();
  }

  /** Stops it with SIGTERM. False if it had to be killed. */
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

  /** Its current process. */
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
