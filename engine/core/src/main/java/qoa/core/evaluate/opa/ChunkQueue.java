package qoa.core.evaluate.opa;

import com.bisnode.opa.client.OpaClientException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The chunks of a batch that are still to be asked about, bounded by the batch itself. Chunks of a
 * package that timed out wait until all others are done. Shared by the threads that ask.
 */
final class ChunkQueue {

  private final Deque<Chunk> ready = new ArrayDeque<>();
  private final Deque<Chunk> suspects = new ArrayDeque<>();
  private final Set<String> slow = new HashSet<>();
  private int inFlight;
  private boolean progressed;
  private OpaClientException trouble;

  ChunkQueue(Collection<Chunk> chunks) {
    ready.addAll(chunks);
  }

  /**
   * The next chunk, for which {@link #finished} has to be called; waits where chunks in flight may
   * leave pieces.
   *
   * @return null where nothing is left, or OPA is in trouble
   */
  synchronized Chunk take() throws InterruptedException {
    while (true) {
      Chunk chunk = trouble == null ? next() : null;
      if (chunk != null) {
        inFlight++;
        return chunk;
      }
      if (trouble != null || inFlight == 0) {
        return null;
      }
      wait();
    }
  }

  private Chunk next() {
    Chunk chunk = ready.poll();
    while (chunk != null && slow.contains(chunk.policy())) {
      suspects.addLast(chunk);
      chunk = ready.poll();
    }
    return chunk == null ? suspects.pollFirst() : chunk;
  }

  /** A chunk that was taken is answered, or put back, whole or in pieces. */
  synchronized void finished() {
    inFlight--;
    notifyAll();
  }

  /** One of these inputs makes OPA fail. */
  synchronized void putFailing(List<Chunk> pieces) {
    progressed = true;
    ready.addAll(pieces);
  }

  /** One of these inputs takes too long; the first single ones to be found come first. */
  synchronized void putSlow(List<Chunk> pieces) {
    progressed = true;
    slow.add(pieces.get(0).policy());
    for (int i = pieces.size() - 1; i >= 0; i--) {
      suspects.addFirst(pieces.get(i));
    }
  }

  /** OPA is away or has another revision: nobody takes chunks until {@link #resume}. */
  synchronized void putBack(Chunk chunk, OpaClientException cause) {
    ready.addFirst(chunk);
    trouble = cause;
    notifyAll();
  }

  synchronized void progressed() {
    progressed = true;
  }

  /** What is wrong with OPA; null where nothing is. */
  synchronized OpaClientException trouble() {
    return trouble;
  }

  /**
   * Chunks can be taken again.
   *
   * @return whether anything was achieved since the call before
   */
  synchronized boolean resume() {
    boolean result = progressed;
    progressed = false;
    trouble = null;
    return result;
  }
}
