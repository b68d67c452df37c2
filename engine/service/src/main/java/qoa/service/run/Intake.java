package qoa.service.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;
import qoa.core.read.LiveSource;

/**
 * The messages of a poll, to be taken in piece by piece. While some are left the source is paused,
 * so at most one poll is held here. Used by the loop's thread; any thread may call {@link
 * #slowness}.
 */
final class Intake {

  private final LiveSource source;
  private List<Incoming> polled = List.of();
  private int next;
  private boolean paused;

  // About the current poll.
  private volatile long since;
  private volatile int size;
  private volatile int left;

  Intake(LiveSource source) {
    this.source = source;
  }

  /**
   * Polls; new messages come after those that are left.
   *
   * @param pause whether the source brings nothing new
   * @param timeoutMillis how long to wait for the first message
   */
  void poll(boolean pause, long timeoutMillis) {
    if (pause != paused) {
      paused = pause;
      source.pause(pause);
    }
    List<Incoming> batch = source.poll(timeoutMillis);
    if (isEmpty()) {
      polled = batch;
      next = 0;
      size = batch.size();
    } else if (!batch.isEmpty()) {
      List<Incoming> both = new ArrayList<>(polled.subList(next, polled.size()));
      both.addAll(batch);
      polled = both;
      next = 0;
    }
  }

  /** Whether nothing is left. */
  boolean isEmpty() {
    return next == polled.size();
  }

  /** The next message; there is one. */
  Incoming take() {
    Incoming message = polled.get(next++);
    if (isEmpty()) {
      drop();
    }
    return message;
  }

  /** Drops the messages that are left: they are read again. */
  void drop() {
    polled = List.of();
    next = 0;
  }

  /** Drops the messages that are left of some partitions: others read these. */
  void drop(Set<Partition> partitions) {
    polled =
        polled.subList(next, polled.size()).stream()
            .filter(message -> !partitions.contains(message.partition()))
            .toList();
    next = 0;
  }

  /** Whether the source brings nothing new. */
  boolean isPaused() {
    return paused;
  }

  /**
   * The number of messages of each partition that were not taken in yet, where known. A paused
   * source learns nothing by itself, so the brokers are asked then, which may take a while.
   */
  Map<Partition, Long> lag() {
    return withLeft(paused ? source.lagNow() : source.lag());
  }

  /** As {@link #lag}, as it is now. */
  Map<Partition, Long> lagNow() {
    return withLeft(source.lagNow());
  }

  private Map<Partition, Long> withLeft(Map<Partition, Long> ofSource) {
    if (isEmpty()) {
      return ofSource;
    }
    Map<Partition, Long> all = new HashMap<>(ofSource);
    for (Incoming message : polled.subList(next, polled.size())) {
      all.computeIfPresent(message.partition(), (partition, count) -> count + 1);
    }
    return all;
  }

  /**
   * Notes the progress of the work on a poll.
   *
   * @param done whether all of it was judged
   * @param now the clock, in milliseconds
   */
  void worked(boolean done, long now) {
    left = polled.size() - next;
    if (done) {
      since = 0;
    } else if (since == 0) {
      since = now;
    }
  }

  /**
   * A warning for operators that reports wait for policies; empty unless a poll takes long.
   *
   * @param now the clock, in milliseconds
   * @param longMillis the time that counts as long
   */
  Optional<String> slowness(long now, long longMillis) {
    long begun = since;
    if (begun == 0 || now - begun < longMillis) {
      return Optional.empty();
    }
    int waiting = left;
    int judged = Math.max(1, size - waiting);
    return Optional.of(
        "policies take %d ms a report; %d more reports wait"
            .formatted((now - begun) / judged, waiting));
  }
}
