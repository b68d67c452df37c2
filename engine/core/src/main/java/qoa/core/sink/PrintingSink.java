package qoa.core.sink;

import java.io.Flushable;
import java.io.PrintStream;
import java.util.function.Function;
import qoa.core.lifecycle.Changes;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.EventJson;
import qoa.core.model.DeadLetter;

/**
 * Prints events and dead letters for people or scripts: for dry runs, the demo and {@code qoa
 * events}. Equal results give equal lines. Used by one thread.
 */
public final class PrintingSink implements Sink, Flushable, AutoCloseable {

  private final PrintStream out;
  private final PrintStream deadLetters;
  private final Function<Event, String> eventLine;
  private final Function<Summary, String> summaryText;

  private PrintingSink(
      PrintStream out,
      PrintStream deadLetters,
      Function<Event, String> eventLine,
      Function<Summary, String> summaryText) {
    this.out = out;
    this.deadLetters = deadLetters;
    this.eventLine = eventLine;
    this.summaryText = summaryText;
  }

  /**
   * Prints one JSON object a line: events, and last the summary, which counts the dead letters.
   *
   * @param out left open by {@link #close}
   * @param deadLetters gets a line for people of each dead letter; left open too
   */
  public static PrintingSink json(PrintStream out, PrintStream deadLetters) {
    return new PrintingSink(
        out, deadLetters, event -> EventJson.line(event) + "\n", sum -> sum.json() + "\n");
  }

  /**
   * Prints lines for people: one an event, one a dead letter, and a table as the summary.
   *
   * @param out left open by {@link #close}
   */
  public static PrintingSink text(PrintStream out) {
    return new PrintingSink(out, out, event -> EventText.line(event) + "\n", Summary::table);
  }

  /** Prints an event. */
  public void event(Event event) {
    out.append(eventLine.apply(event));
  }

  @Override
  public void decision(Decision decision) {
    changes(decision.changes());
  }

  @Override
  public void changes(Changes changes) {
    changes.events().forEach(this::event);
  }

  @Override
  public void deadLetter(DeadLetter deadLetter) {
    deadLetters.append(EventText.line(deadLetter) + "\n");
  }

  /** Prints the summary of a run, and flushes. */
  public void summary(Summary summary) {
    out.append(summaryText.apply(summary));
    out.flush();
  }

  @Override
  public void flush() {
    out.flush();
  }

  /** Flushes. */
  @Override
  public void close() {
    out.flush();
  }
}
