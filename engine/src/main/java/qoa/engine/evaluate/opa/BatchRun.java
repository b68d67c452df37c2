package qoa.engine.evaluate.opa;

import com.bisnode.opa.client.OpaClientException;
import com.bisnode.opa.client.rest.OpaServerConnectionException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import qoa.engine.evaluate.Evaluation;
import qoa.engine.evaluate.Outcome;

/**
 * One batch on its way through OPA, by chunks of one package each. A chunk that fails is asked
 * about again in pieces, until the inputs that make it fail stand alone. Made for one call of
 * {@link OpaEvaluator#evaluate}; the threads of its pool share it.
 */
final class BatchRun {

  /** So many inputs of a package may time out; the rest of the package then fails unasked. */
  private static final int MAX_TIMEOUTS = 3;

  /** So often may OPA go away over a chunk before the chunk is blamed. */
  private static final int MAX_LOSSES = 3;

  private final int askers;
  private final List<Evaluation> batch;
  private final List<Outcome> outcomes;
  private final ChunkQueue queue;
  private final Map<String, Integer> timeouts = new ConcurrentHashMap<>();

  /**
   * @param chunkSize how many inputs go into one query at most
   * @param askers how many queries may run at once
   */
  BatchRun(List<Evaluation> batch, Dispatcher dispatcher, int chunkSize, int askers) {
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
    List<Chunk> chunks = new ArrayList<>();
    byPolicy.forEach(
        (policy, indexes) -> chunks.addAll(Chunk.cutEvenly(policy, indexes, chunkSize, askers)));
    this.queue = new ChunkQueue(chunks);
  }

  /**
   * Asks until everything is answered, or OPA is in trouble. Can be called again then: what is
   * answered stays.
   *
   * @return what is wrong with OPA; null where all inputs have their outcome
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

  /** One outcome an input, by index. */
  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  private Void askAll(ChunkQuery query) throws InterruptedException {
    Chunk chunk = queue.take();
    while (chunk != null) {
      try {
        ask(query, chunk);
      } finally {
        queue.finished();
      }
      chunk = queue.take();
    }
    return null;
  }

  private void ask(ChunkQuery query, Chunk chunk) throws InterruptedException {
    if (timeouts.getOrDefault(chunk.policy(), 0) >= MAX_TIMEOUTS) {
      fail(chunk, "not evaluated: " + MAX_TIMEOUTS + " inputs of this batch timed out");
      return;
    }
    try {
      List<Outcome> answers = query.ask(chunk, batch);
      for (int i = 0; i < answers.size(); i++) {
        outcomes.set(chunk.indexes().get(i), answers.get(i));
      }
      queue.progressed();
    } catch (OpaTimeoutException e) {
      onTimeout(chunk, e);
    } catch (OpaErrorException e) {
      onError(chunk, e);
    } catch (OpaServerConnectionException e) {
      onLoss(chunk, e);
    } catch (ChunkQuery.StaleRevisionException e) {
      queue.putBack(chunk, e);
    }
  }

  private void onTimeout(Chunk chunk, OpaTimeoutException e) {
    if (chunk.isSingle()) {
      timeouts.merge(chunk.policy(), 1, Integer::sum);
      fail(chunk, e.getMessage());
    } else {
      queue.putSlow(chunk.split());
    }
  }

  private void onError(Chunk chunk, OpaErrorException e) {
    if (!e.isAboutContent()) {
      queue.putBack(chunk, e);
    } else if (chunk.isSingle()) {
      fail(chunk, e.getMessage());
    } else {
      queue.putFailing(chunk.split());
    }
  }

  /** A policy can be the death of OPA; it must not be that of the service. */
  private void onLoss(Chunk chunk, OpaServerConnectionException e) {
    if (e.getCause() instanceof ConnectException) {
      queue.putBack(chunk, e);
      return;
    }
    Chunk lost = chunk.lostAgain();
    if (lost.losses() < MAX_LOSSES) {
      queue.putBack(lost, e);
    } else if (chunk.isSingle()) {
      fail(
          chunk,
          "OPA went away " + MAX_LOSSES + " times while it evaluated this: " + e.getMessage());
    } else {
      queue.putFailing(lost.split());
    }
  }

  private void fail(Chunk chunk, String reason) {
    for (int index : chunk.indexes()) {
      outcomes.set(index, new Outcome.Failed(reason));
    }
    queue.progressed();
  }
}
