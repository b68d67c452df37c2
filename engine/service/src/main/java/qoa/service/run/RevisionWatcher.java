package qoa.service.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.RevisionFiles;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.Revision;
import qoa.service.http.Health;
import qoa.service.metrics.PrometheusMetrics;

/**
 * Watches the folders of contracts and policies. A change is read and checked as a whole. A valid
 * revision is handed on; after an invalid one the current revision stays in force, and health, log
 * and metrics report it. Works on a daemon thread of its own, {@code qoa-reload}, which nothing
 * that a file can be ends; SIGHUP and {@link #reload} make it look at once.
 *
 * <p>It looks at the {@link RevisionFiles} every quarter of a second, which works where no file
 * system tells of changes. A change is read when it has been quiet for a moment.
 */
final class RevisionWatcher implements AutoCloseable {

  /** The part of {@link Health} that is degraded while the files are not what runs. */
  static final String RELOAD = "reload";

  private static final Logger LOG = LoggerFactory.getLogger(RevisionWatcher.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final int MAX_REQUESTS = 16;

  /** How many problems are reported: the rest shows once these are fixed. */
  private static final int MAX_PROBLEMS = 20;

  private static final int MAX_TEXT = 500;

  private static final Duration END = Duration.ofSeconds(2);

  private final RevisionFiles files;
  private final Target target;
  private final Health health;
  private final PrometheusMetrics metrics;
  private final BlockingQueue<CompletableFuture<String>> requests =
      new ArrayBlockingQueue<>(MAX_REQUESTS);
  private final Thread thread = new Thread(this::run, "qoa-reload");
  private volatile boolean closed;

  /** What runs. Of the watcher's thread. */
  private Revision current;

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
      PrometheusMetrics metrics) {
    this.files = new RevisionFiles(contracts, policies);
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
      PrometheusMetrics metrics) {
    RevisionWatcher watcher =
        new RevisionWatcher(contracts, policies, initial, target, health, metrics);
    HangUp.onEach(() -> watcher.requests.offer(new CompletableFuture<>()));
    watcher.thread.setDaemon(true); // a file system that hangs must not keep the process
    watcher.thread.start();
    return watcher;
  }

  /**
   * Has everything read now, changed or not; for any thread, and does not wait.
   *
   * @return the id of the revision that runs then; or {@link ProblemsException} with what is wrong:
   *     what ran before runs on
   */
  CompletableFuture<String> reload() {
    CompletableFuture<String> request = new CompletableFuture<>();
    if (closed || !requests.offer(request)) {
      return CompletableFuture.failedFuture(
          problem("reload", "the engine is " + (closed ? "ending" : "busy with other requests")));
    }
    if (closed) {
      refuseAll(); // the thread may have ended before it saw this request
    }
    return request;
  }

  private void run() {
    List<CompletableFuture<String>> waiting = new ArrayList<>();
    while (!closed) {
      try {
        CompletableFuture<String> request = requests.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
        if (request != null) {
          waiting.add(request);
          requests.drainTo(waiting);
          answer(waiting);
        } else if (files.haveChanged()) {
          files.awaitQuiet();
          answer(waiting);
        }
      } catch (InterruptedException e) {
        closed = true;
      } catch (Throwable e) { // whatever it is: later changes must be seen
        fault(e, waiting);
      }
      waiting.clear();
    }
    refuseAll();
  }

  private void refuseAll() {
    for (CompletableFuture<String> request; (request = requests.poll()) != null; ) {
      request.completeExceptionally(problem("reload", "the engine is ending"));
    }
  }

  /**
   * @param waiting all who asked for it: they share the answer
   */
  private void answer(List<CompletableFuture<String>> waiting) throws InterruptedException {
    try {
      Revision read = files.read();
      if (!read.id().equals(current.id())) {
        target.accept(read);
        current = read;
        LOG.info("revision {} runs", read.id());
      }
      good();
      waiting.forEach(request -> request.complete(current.id()));
    } catch (ProblemsException e) {
      bad(e.problems(), waiting);
    } catch (EvaluatorUnavailableException e) {
      files.forget();
      bad(List.of(new Problem("evaluator", 0, null, e.getMessage())), waiting);
    } catch (InterruptedException e) {
      waiting.forEach(
          request -> request.completeExceptionally(problem("reload", "is interrupted")));
      throw e;
    }
  }

  /** A fault of ours must not end the watching. */
  private void fault(Throwable e, List<CompletableFuture<String>> waiting) {
    Problem problem = new Problem("engine", 0, null, "a fault of its own: " + e);
    if (!problem.toString().equals(trouble)) {
      LOG.error("could not reload because of a fault of the engine's own", e);
    }
    bad(List.of(problem), waiting);
  }

  private void good() {
    if (trouble != null) {
      LOG.info("contracts and policies are good again");
    }
    trouble = null;
    health.well(RELOAD);
    metrics.reload(true);
  }

  private void bad(List<Problem> problems, List<CompletableFuture<String>> waiting) {
    List<Problem> shown = problems.stream().limit(MAX_PROBLEMS).map(RevisionWatcher::cut).toList();
    int hidden = problems.size() - shown.size();
    String text =
        new ProblemsException(shown).getMessage()
            + (hidden == 0 ? "" : "\nand " + hidden + " more");
    if (!text.equals(trouble)) {
      LOG.error(
          "revision {} runs on, for what is there now cannot be used:\n{}", current.id(), text);
    }
    trouble = text;
    int more = problems.size() - 1;
    health.degraded(
        RELOAD,
        "revision %s runs on: %s%s"
            .formatted(current.id(), shown.get(0), more == 0 ? "" : " (and " + more + " more)"));
    metrics.reload(false);
    waiting.forEach(request -> request.completeExceptionally(new ProblemsException(shown)));
  }

  /** Names of files and keys can be as long as their author likes. */
  private static Problem cut(Problem problem) {
    return new Problem(
        cut(problem.file()),
        problem.line(),
        problem.column(),
        problem.pointer() == null ? null : cut(problem.pointer()),
        cut(problem.message()));
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
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
      thread.join(END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
