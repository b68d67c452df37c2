package qoa.demo;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import qoa.core.lifecycle.Event;
import qoa.core.model.DeadLetter;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;
import qoa.core.sink.Sink;

/**
 * Remembers which promises broke and mended while the demo ran. Written by the engine's thread,
 * read by the one that prints.
 */
final class Scoreboard implements Sink {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String LINE = "%-12s %-44s %9s %9s %9s %9s%n";

  private record Promise(String stakeholder, String contract, String constraint) {
    static final Comparator<Promise> ORDER =
        Comparator.comparing(Promise::stakeholder)
            .thenComparing(Promise::contract)
            .thenComparing(Promise::constraint);
  }

  private static final class History {
    int violated;
    Long opened;
    Long resolved;
    boolean open;
  }

  private final Map<Promise, History> records = new TreeMap<>(Promise.ORDER);

  @Override
  public synchronized void event(Event event) {
    if (event.type() == Event.Type.UNDETERMINED || event.type() == Event.Type.FAILED) {
      return;
    }
    String stakeholder = event.stakeholder() == null ? "-" : event.stakeholder().id();
    String constraint = event.constraint() == null ? event.message() : event.constraint();
    History record =
        records.computeIfAbsent(
            new Promise(stakeholder, event.contract().id(), constraint), p -> new History());
    switch (event.type()) {
      case OPENED -> {
        record.violated++;
        record.opened = event.time();
        record.resolved = null;
        record.open = true;
      }
      case RESOLVED -> {
        record.resolved = event.time();
        record.open = false;
      }
      default -> record.violated++;
    }
  }

  /** How many violations last now. */
  synchronized long open() {
    return records.values().stream().filter(record -> record.open).count();
  }

  /** Prints what happened to whom. */
  synchronized void print(PrintStream out) {
    out.printf(LINE, "stakeholder", "promise", "violated", "opened", "resolved", "now");
    records.forEach(
        (promise, record) ->
            out.printf(
                LINE,
                promise.stakeholder(),
                promise.contract() + " " + promise.constraint(),
                record.violated + "x",
                clock(record.opened),
                clock(record.resolved),
                record.open ? "violated" : "well"));
  }

  private static String clock(Long time) {
    return time == null ? "" : CLOCK.format(Instant.ofEpochMilli(time));
  }

  @Override
  public void deadLetter(DeadLetter letter) {}

  @Override
  public void commit(Map<Partition, ReadPosition> positions) {}

  @Override
  public void close() {}
}
