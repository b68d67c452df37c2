package qoa.core.evaluate.opa;

import com.bisnode.opa.client.OpaClientException;
import com.bisnode.opa.client.rest.OpaServerConnectionException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.Outcome;

/**
 * One batch on its way through OPA, by chunks of one package each. A chunk that fails is asked
 * about again in pieces, until the inputs that make it fail stand alone. Made for one call of
 * {@link OpaEvaluator#evaluate}; the threads of its pool share it.
 *
 * <p>An OPA that hangs, or whose answers come from something broken before it, looks like a policy
 * that takes too long, or fails. So but for errors that name a line of a policy nothing is blamed
 * before OPA answered something trivial and failed over the same input again; where it does not
 * answer that, it is OPA that is in trouble.
 */
final class BatchRun {

  /** So many inputs of a package may time out; the rest of the package then fails unasked. */
  private static final int MAX_TIMEOUTS = 3;

  /** So often may OPA go away over a chunk before the chunk is blamed, once OPA is back. */
  static final int MAX_LOSSES = 3;

  private final int askers;
  private final List<Evaluation> batch;
  private final List<Outcome> outcomes;
  private final ChunkQueue queue;

  /** The first input of each package. */
  private final List<Integer> firsts = new ArrayList<>();

  private final Map<String, Integer> timeouts = new ConcurrentHashMap<>();
  private final long start = System.nanoTime();
  private final long nanos;

  /**
   * @param chunkSize how many inputs go into one query at most
   * @param askers how many queries may run at once
   * @param nanos for how long queries are begun; but something is answered
   */
  BatchRun(List<Evaluation> batch, Dispatcher dispatcher, int chunkSize, int askers, long nanos) {
    this.nanos = nanos;
    this.askers = askers;
    this.batch = batch;
    this.outcomes = new ArrayList<>(Collections.nCopies(batch.size(), null));
    Map<String, List<Integer>> byPolicy = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      String policy = batch.get(i).contract().policy();
      if (dispatcher.knows(policy)) {
        byPolicy.computeIfAbsent(policy, p -> new ArrayList<>()).add(i);
      } else {
        outcomes.set(i, new Outcome.Failed("no policy has the package " + policy));
      }
    }
    byPolicy.values().forEach(indexes -> firsts.add(indexes.get(0)));
    List<Chunk> chunks = new ArrayList<>();
    byPolicy.forEach(
        (policy, indexes) -> chunks.addAll(Chunk.cutEvenly(policy, indexes, chunkSize, askers)));
    this.queue = new ChunkQueue(chunks);
  }

  /**
   * Asks until everything is answered, the time is over, or OPA is in trouble. Can be called again
   * then: what is answered stays.
   *
   * @return what is wrong with OPA; null where nothing is
   */
  OpaClientException run(ChunkQuery query, ExecutorService pool) throws InterruptedException {
    List<Future<?>> running = new ArrayList<>();
    try {
      for (int i = 0; i < askers; i++) {
        running.add(pool.submit(() -> askAll(query)));
      }
      for (Future<?> asker : running) {
        asker.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("evaluating a batch", e.getCause());
    } finally {
      running.forEach(asker -> asker.cancel(true));
    }
    return queue.trouble();
  }

  /** Whether anything was achieved since this was last asked; makes the run ready to go on. */
  boolean resume() {
    return queue.resume();
  }

  /**
   * By index, an outcome, or null where there was no time for it; then later inputs of its package
   * have none, either.
   */
  List<Outcome> outcomes() {
    List<Outcome> inOrder = new ArrayList<>(outcomes.size());
    Set<String> unfinished = new HashSet<>();
    for (int i = 0; i < outcomes.size(); i++) {
      String policy = batch.get(i).contract().policy();
      if (outcomes.get(i) == null) {
        unfinished.add(policy);
      }
      inOrder.add(unfinished.contains(policy) ? null : outcomes.get(i));
    }
    return inOrder;
  }

  /** Whether no further query is to begin: the time is over, and {@link #outcomes} has some. */
  private boolean isOver() {
    return System.nanoTime() - start >= nanos
        && firsts.stream().anyMatch(index -> outcomes.get(index) != null);
  }

  private Void askAll(ChunkQuery query) throws InterruptedException {
    Chunk chunk = queue.take();
    while (chunk != null) {
      try {
        ask(query, chunk);
      } finally {
        queue.finished();
      }
      chunk = isOver() ? null : queue.take();
    }
    return null;
  }

  private void ask(ChunkQuery query, Chunk chunk) throws InterruptedException {
    if (timeouts.getOrDefault(chunk.policy(), 0) >= MAX_TIMEOUTS) {
      fail(chunk, "not evaluated: " + MAX_TIMEOUTS + " inputs of this batch timed out");
    } else if (chunk.losses() >= MAX_LOSSES) {
      onFatal(chunk);
    } else {
      askOpa(query, chunk);
    }
  }

  private void askOpa(ChunkQuery query, Chunk chunk) throws InterruptedException {
    try {
      List<Outcome> answers = query.ask(chunk, batch);
      for (int i = 0; i < answers.size(); i++) {
        outcomes.set(chunk.indexes().get(i), answers.get(i));
      }
      queue.progressed();
    } catch (OpaTimeoutException e) {
      onTimeout(query, chunk, e);
    } catch (OpaErrorException e) {
      onError(query, chunk, e);
    } catch (OpaAnswerException e) {
      onContent(query, chunk, e);
    } catch (OpaServerConnectionException e) {
      boolean reached = !(e.getCause() instanceof ConnectException);
      queue.putBack(reached ? chunk.lostAgain() : chunk, e);
    } catch (ChunkQuery.StaleRevisionException e) {
      queue.putBack(chunk, e);
    }
  }

  private void onTimeout(ChunkQuery query, Chunk chunk, OpaTimeoutException e)
      throws InterruptedException {
    if (!answersAnything(query, chunk)) {
      return;
    }
    if (chunk.isSingle() && chunk.suspected()) {
      timeouts.merge(chunk.policy(), 1, Integer::sum);
      fail(chunk, e.getMessage());
    } else {
      queue.putSlow(chunk.suspect().split());
    }
  }

  private void onError(ChunkQuery query, Chunk chunk, OpaErrorException e)
      throws InterruptedException {
    if (e.isOfEvaluation()) {
      failOrSplit(chunk, e.getMessage());
    } else if (!e.isAboutContent()) {
      queue.putBack(chunk, e);
    } else {
      onContent(query, chunk, e);
    }
  }

  /** The fault is that of the inputs if OPA answers well without them, and twice not with them. */
  private void onContent(ChunkQuery query, Chunk chunk, OpaClientException e)
      throws InterruptedException {
    if (answersAnything(query, chunk)) {
      if (chunk.suspected()) {
        failOrSplit(chunk, e.getMessage());
      } else {
        queue.putFailing(List.of(chunk.suspect()));
      }
    }
  }

  /** Whether OPA answers something trivial now; where not, the chunk waits until it does. */
  private boolean answersAnything(ChunkQuery query, Chunk chunk) throws InterruptedException {
    try {
      query.ask(chunk.none(), batch);
      return true;
    } catch (OpaClientException e) {
      queue.putBack(chunk, e);
      return false;
    }
  }

  /** A policy can be the death of OPA; it must not be that of the service. */
  private void onFatal(Chunk chunk) {
    failOrSplit(chunk, "OPA went away " + MAX_LOSSES + " times while it evaluated this");
  }

  private void failOrSplit(Chunk chunk, String reason) {
    if (chunk.isSingle()) {
      fail(chunk, reason);
    } else {
      queue.putFailing(chunk.split());
    }
  }

  private void fail(Chunk chunk, String reason) {
    for (int index : chunk.indexes()) {
      outcomes.set(index, new Outcome.Failed(reason));
    }
    queue.progressed();
  }
}
