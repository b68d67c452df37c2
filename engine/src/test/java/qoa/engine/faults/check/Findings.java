package qoa.engine.faults.check;

import java.util.ArrayList;
import java.util.List;

/** How what was found differs from what was expected. Not safe for several threads. */
public final class Findings {

  private final long reports;
  private final long events;
  private final long deadLetters;
  private long lost;
  private long duplicated;
  private long wrong;
  private final List<String> differences = new ArrayList<>();

  Findings(long reports, long events, long deadLetters) {
    this.reports = reports;
    this.events = events;
    this.deadLetters = deadLetters;
  }

  void lost(Object what) {
    lost++;
    differences.add("lost: " + what);
  }

  void duplicated(Object what) {
    duplicated++;
    differences.add("duplicated: " + what);
  }

  void wrong(Object what) {
    wrong++;
    differences.add("wrong: " + what);
  }

  /** Messages that were sent to the engine. */
  public long reports() {
    return reports;
  }

  /** Events that must be there. */
  public long events() {
    return events;
  }

  /** Dead letters that must be there. */
  public long deadLetters() {
    return deadLetters;
  }

  /** Events and dead letters that are not there. */
  public long lost() {
    return lost;
  }

  /** Events and dead letters that are there more often than once, counted each time but one. */
  public long duplicated() {
    return duplicated;
  }

  /** Events and dead letters that say something else, and such as should not be there. */
  public long wrong() {
    return wrong;
  }

  /** Each difference in words. */
  public List<String> differences() {
    return List.copyOf(differences);
  }

  /** Whether there is none. */
  public boolean isClean() {
    return differences.isEmpty();
  }
}
