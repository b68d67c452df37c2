package qoa.service.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;
import qoa.core.read.ReportSource;

/**
 * What was polled from a source, to be taken in piece by piece. While something of it is left the
 * source is to be paused, so at most one poll is held here. Used by the loop's thread; {@link
 * #slowness} may be called by any.
 */
final class Intake {

  private final ReportSource source;
  private List<Incoming> polled = List.of();
  private int next;
  private boolean paused;

  // Of the poll that is worked on.
  private volatile long since;
  private volatile int size;
  private volatile int left;

  Intake(ReportSource source) {
    this.source = source;
  }

  /**
   * Polls; what comes is behind what is left.
   *
   * @param pause whether the source is to bring nothing new
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

  /** Drops what is left: it is read again. */
  void drop() {
    polled = List.of();
    next = 0;
  }

  /** Drops what is left of some homes: they are read by others. */
  void drop(Set<Partition> homes) {
    polled =
        polled.subList(next, polled.size()).stream()
            .filter(message -> !homes.contains(message.home()))
            .toList();
    next = 0;
  }

  /** Whether the source brings nothing new. */
  boolean isPaused() {
    return paused;
  }

  /**
   * Messages of each home not taken in yet, where known. A paused source learns nothing by itself,
   * so the brokers are asked then, which may take a while.
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
      all.computeIfPresent(message.home(), (home, count) -> count + 1);
    }
    return all;
  }

  /**
   * Takes note of how the work on a poll is going.
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
   * That reports wait for policies, for operators; empty where a poll was not worked on for long.
   *
   * @param now the clock, in milliseconds
   * @param longMillis what is long
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
