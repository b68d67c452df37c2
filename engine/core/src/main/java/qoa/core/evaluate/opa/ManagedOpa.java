package qoa.core.evaluate.opa;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.core.evaluate.EvaluatorUnavailableException;

/**
 * Runs {@code opa run --server} on a free port of the loopback interface, and starts it again when
 * it dies: at once, then after pauses that double up to 10 s. OPA lets only this engine in, by a
 * token that changes with each engine.
 *
 * <p>One thread, {@code opa-supervisor}, starts OPA and waits for its end. All methods may be
 * called by any thread. OPA ends with {@link #close}, with the JVM, and when the JVM is killed.
 *
 * <p>OPA's server cannot be told to leave out builtins such as {@code http.send}: policies are
 * checked for them before they get here. What is left to a policy that gets by is little: the
 * process has an empty environment and holds only a hash of the token.
 */
public final class ManagedOpa implements OpaEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(ManagedOpa.class);

  private static final Duration START = Duration.ofSeconds(15);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STABLE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(20);
  private final OpaLauncher launcher;
  private final Thread supervisor = new Thread(this::supervise, "opa-supervisor");
  private final Thread shutdownHook = new Thread(this::stop, "opa-shutdown");
  private Process process;
  private URI uri;
  private String lastDeath = "it has not started yet";
  private boolean closed;

  private ManagedOpa(Path binary) {
    launcher = new OpaLauncher(binary);
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
    ManagedOpa opa = new ManagedOpa(binary);
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
    while (!closed && !isUp()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new EvaluatorUnavailableException(down(), null);
      }
      wait(Math.min(left, POLL.toMillis()));
    }
    if (closed) {
      throw new EvaluatorUnavailableException("the managed OPA is closed", null);
    }
    return uri;
  }

  @Override
  public synchronized Optional<String> trouble() {
    return isUp() ? Optional.empty() : Optional.of(down());
  }

  private boolean isUp() {
    return uri != null && process.isAlive();
  }

  private String down() {
    return "the managed OPA is down: " + lastDeath;
  }

  @Override
  public String token() {
    return launcher.token();
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
      int port = OpaLauncher.freePort();
      Process started = launch(port);
      if (started == null) {
        return;
      }
      URI address = URI.create("http://127.0.0.1:" + port);
      if (launcher.answers(started, address, START)) {
        publish(address);
        LOG.debug("managed OPA runs, pid {}, {}", started.pid(), address);
      } else {
        started.toHandle().destroyForcibly(); // the process' own method closes what it wrote
      }
      int exit = started.waitFor();
      withdraw("OPA ended with status " + exit + launcher.lastWords());
    } catch (IOException e) {
      withdraw(e.toString());
    }
  }

  private synchronized Process launch(int port) throws IOException {
    if (closed) {
      return null;
    }
    process = launcher.launch(port);
    return process;
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
      OpaLauncher.end(last);
    }
    launcher.clean();
  }
}
