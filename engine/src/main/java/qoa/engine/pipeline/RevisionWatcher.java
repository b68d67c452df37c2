package qoa.engine.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.evaluate.Revision;
import qoa.engine.model.Problem;
import qoa.engine.model.ProblemsException;
import qoa.engine.model.SourceFolder;
import qoa.engine.ops.EngineMetrics;
import qoa.engine.ops.Health;

/**
 * Watches the folders of contracts and policies. What changes is read and checked as a whole, and
 * given on if it is good; if it is bad, what ran before runs on, and health, log and metrics say
 * so. Works on a thread of its own, {@code qoa-reload}; SIGHUP and {@link #reload} make it look at
 * once.
 *
 * <p>It looks at the files' names, sizes and times every quarter of a second: that is cheap for
 * hundreds of files, sees writes by rename, new folders and links that are turned, and works where
 * no file system tells of changes. A change is read when it has been quiet for a moment.
 */
final class RevisionWatcher implements AutoCloseable {

  /** The part of {@link Health} that is degraded while the files are not what runs. */
  static final String RELOAD = "reload";

  private static final Logger LOG = LoggerFactory.getLogger(RevisionWatcher.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration QUIET = Duration.ofMillis(200);

  /** A folder that is never quiet is read all the same: so many times {@link #QUIET}. */
  private static final int PATIENCE = 5;

  private static final int MAX_REQUESTS = 16;

  private final Path contracts;
  private final Path policies;
  private final Target target;
  private final Health health;
  private final EngineMetrics metrics;
  private final BlockingQueue<CompletableFuture<Revision>> requests =
      new ArrayBlockingQueue<>(MAX_REQUESTS);
  private final Thread thread = new Thread(this::run, "qoa-reload");
  private volatile boolean closed;

  /** What runs. Of the watcher's thread. */
  private Revision current;

  /** How the files looked when they were last read; null before. Of the watcher's thread. */
  private String seen;

  /** What was wrong when they were last read; null if nothing was. Of the watcher's thread. */
  private String trouble;

  /** Takes good revisions. */
  @FunctionalInterface
  interface Target {

    /**
     * Makes a revision the one that runs; called by the thread {@code qoa-reload}.
     *
     * @throws ProblemsException where it is not good after all: the one before it runs on
     * @throws EvaluatorUnavailableException where it cannot be used now: it is offered again
     */
    void accept(Revision revision)
        throws ProblemsException, EvaluatorUnavailableException, InterruptedException;
  }

  private RevisionWatcher(
      Path contracts,
      Path policies,
      Revision initial,
      Target target,
      Health health,
      EngineMetrics metrics) {
    this.contracts = contracts;
    this.policies = policies;
    this.current = initial;
    this.target = target;
    this.health = health;
    this.metrics = metrics;
  }

  /**
   * Starts to watch. The files are read once at the start: they may have changed since.
   *
   * @param initial what runs already
   * @param target gets each good revision that is not the one that runs
   */
  static RevisionWatcher start(
      Path contracts,
      Path policies,
      Revision initial,
      Target target,
      Health health,
      EngineMetrics metrics) {
    RevisionWatcher watcher =
        new RevisionWatcher(contracts, policies, initial, target, health, metrics);
    HangUp.onEach(() -> watcher.requests.offer(new CompletableFuture<>()));
    watcher.thread.start();
    return watcher;
  }

  /**
   * Reads everything now, changed or not, and waits for it; for any thread.
   *
   * @return the id of the revision that runs then
   * @throws ProblemsException with what is wrong: what ran before runs on
   */
  String reload() throws ProblemsException, InterruptedException {
    CompletableFuture<Revision> request = new CompletableFuture<>();
    if (closed || !requests.offer(request)) {
      throw problem("reload", "the engine is " + (closed ? "ending" : "busy with other requests"));
    }
    if (closed) {
      refuseAll(); // the thread may have ended before it saw this request
    }
    try {
      return request.get().id();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ProblemsException problems
          ? problems
          : problem("reload", e.getCause().toString());
    }
  }

  private void run() {
    try {
      while (!closed) {
        CompletableFuture<Revision> request = requests.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
        if (request != null) {
          answer(request);
        } else if (!look().equals(seen)) {
          awaitQuiet();
          answer(new CompletableFuture<>());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("no longer watches");
    } finally {
      refuseAll();
    }
  }

  private void refuseAll() {
    for (CompletableFuture<Revision> request; (request = requests.poll()) != null; ) {
      request.completeExceptionally(problem("reload", "the engine is ending"));
    }
  }

  private void awaitQuiet() throws InterruptedException {
    String before = null;
    String now = look();
    for (int i = 0; i < PATIENCE && !now.equals(before); i++) {
      TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
      before = now;
      now = look();
    }
  }

  private void answer(CompletableFuture<Revision> request) throws InterruptedException {
    seen = look(); // first: what changes from now on is looked at again
    try {
      Revision read = Revisions.load(contracts, policies);
      if (!read.id().equals(current.id())) {
        target.accept(read);
        current = read;
        LOG.info("revision {} runs", read.id());
      }
      good();
      request.complete(current);
    } catch (ProblemsException e) {
      bad(e.problems());
      request.completeExceptionally(e);
    } catch (EvaluatorUnavailableException e) {
      seen = null;
      bad(List.of(new Problem("evaluator", 0, null, e.getMessage())));
      request.completeExceptionally(e);
    } catch (RuntimeException e) {
      // A fault of ours must not end the watching.
      LOG.error("could not reload because of a fault of the engine's own", e);
      bad(List.of(new Problem("engine", 0, null, e.toString())));
      request.completeExceptionally(e);
    }
  }

  private void good() {
    if (trouble != null) {
      LOG.info("contracts and policies are good again");
    }
    trouble = null;
    health.well(RELOAD);
    metrics.reload(true);
  }

  private void bad(List<Problem> problems) {
    String said = new ProblemsException(problems).getMessage();
    if (!said.equals(trouble)) {
      LOG.error(
          "revision {} runs on, for what is there now cannot be used:\n{}", current.id(), said);
    }
    trouble = said;
    int more = problems.size() - 1;
    health.degraded(
        RELOAD,
        "revision %s runs on: %s%s"
            .formatted(current.id(), problems.get(0), more == 0 ? "" : " (and " + more + " more)"));
    metrics.reload(false);
  }

  /** Changes where anything changes that is read. */
  private String look() {
    StringBuilder look = new StringBuilder();
    for (Path folder : List.of(contracts, policies)) {
      try {
        for (Path file : SourceFolder.files(folder, RevisionWatcher::isRead)) {
          BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
          look.append(file)
              .append(' ')
              .append(attributes.fileKey())
              .append(' ')
              .append(attributes.size())
              .append(' ')
              .append(attributes.lastModifiedTime())
              .append('\n');
        }
      } catch (ProblemsException e) {
        look.append(e.getMessage()).append('\n');
      } catch (IOException e) {
        look.append("changes right now\n");
      }
    }
    return look.toString();
  }

  /** Not what editors put beside it. */
  private static boolean isRead(String name) {
    return name.endsWith(".rego")
        || name.endsWith(".yaml")
        || name.endsWith(".yml")
        || name.endsWith(".json");
  }

  private static ProblemsException problem(String what, String message) {
    return new ProblemsException(List.of(new Problem(what, 0, null, message)));
  }

  /** Ends the watching; a revision that is being read is not given on. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
