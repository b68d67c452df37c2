package qoa.demo;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import qoa.core.lifecycle.Changes;
import qoa.core.lifecycle.Event;
import qoa.core.model.DeadLetter;
import qoa.core.sink.Decision;
import qoa.core.sink.Sink;

/**
 * Records which promises were violated and resolved during the demo. Written by the thread of the
 * engine, read by the thread that prints.
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

  private final Map<Promise, History> histories = new TreeMap<>(Promise.ORDER);

  @Override
  public void decision(Decision decision) {
    changes(decision.changes());
  }

  @Override
  public void changes(Changes changes) {
    changes.events().forEach(this::event);
  }

  private synchronized void event(Event event) {
    if (event.type() == Event.Type.UNDETERMINED || event.type() == Event.Type.FAILED) {
      return;
    }
    String stakeholder = event.stakeholder() == null ? "-" : event.stakeholder().id();
    String constraint = event.promise().name();
    History history =
        histories.computeIfAbsent(
            new Promise(stakeholder, event.evaluation().contract().id(), constraint),
            p -> new History());
    switch (event.type()) {
      case OPENED -> {
        history.violated++;
        history.opened = event.time();
        history.resolved = null;
        history.open = true;
      }
      case RESOLVED -> {
        history.resolved = event.time();
        history.open = false;
      }
      default -> history.violated++;
    }
  }

  /** The number of open violations. */
  synchronized long open() {
    return histories.values().stream().filter(history -> history.open).count();
  }

  /** Prints the table. */
  synchronized void print(PrintStream out) {
    out.printf(LINE, "stakeholder", "promise", "violated", "opened", "resolved", "now");
    histories.forEach(
        (promise, history) ->
            out.printf(
                LINE,
                promise.stakeholder(),
                promise.contract() + " " + promise.constraint(),
                history.violated + "x",
                clock(history.opened),
                clock(history.resolved),
                history.open ? "violated" : "resolved"));
  }

  private static String clock(Long time) {
    return time == null ? "" : CLOCK.format(Instant.ofEpochMilli(time));
  }

  @Override
  public void deadLetter(DeadLetter deadLetter) {}
}
