package qoa.core.sink;

import java.io.PrintStream;
import java.util.Map;
import java.util.function.Function;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.EventJson;
import qoa.core.model.DeadLetter;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;

/**
 * Prints results where people or scripts read them: for dry runs and the demo. Equal results give
 * equal lines. A commit flushes, so whoever watches sees what was committed; offsets go nowhere.
 * Called by the engine's one thread.
 */
public final class PrintingSink implements Sink {

  private final PrintStream out;
  private final PrintStream letters;
  private final Function<Event, String> events;
  private final Function<DeadLetter, String> deadLetters;
  private final Function<Summary, String> summaries;

  private PrintingSink(
      PrintStream out,
      PrintStream letters,
      Function<Event, String> events,
      Function<DeadLetter, String> deadLetters,
      Function<Summary, String> summaries) {
    this.out = out;
    this.letters = letters;
    this.events = events;
    this.deadLetters = deadLetters;
    this.summaries = summaries;
  }

  /**
   * One JSON object a line: events, and last the summary, which counts the dead letters.
   *
   * @param out left open by {@link #close}
   * @param letters gets a line for people of each dead letter; left open too
   */
  public static PrintingSink json(PrintStream out, PrintStream letters) {
    return new PrintingSink(
        out,
        letters,
        event -> EventJson.line(event) + "\n",
        letter -> EventText.line(letter) + "\n",
        sum -> sum.json() + "\n");
  }

  /**
   * Lines for people: one an event, one a dead letter, and a table as the summary.
   *
   * @param out left open by {@link #close}
   */
  public static PrintingSink text(PrintStream out) {
    return new PrintingSink(
        out,
        out,
        event -> EventText.line(event) + "\n",
        letter -> EventText.line(letter) + "\n",
        Summary::table);
  }

  @Override
  public void event(Event event) {
    out.append(events.apply(event));
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    letters.append(deadLetters.apply(letter));
  }

  @Override
  public void commit(Map<Partition, ReadPosition> positions) {
    out.flush();
  }

  /** Prints what the run came to, and flushes. */
  public void summary(Summary summary) {
    out.append(summaries.apply(summary));
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
