package qoa.systemtests.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

  /** Events, dead letters and statuses that are not there. */
  public long lost() {
    return lost;
  }

  /**
   * Events, dead letters and statuses that are there more often than once, counted each time but
   * one.
   */
  public long duplicated() {
    return duplicated;
  }

  /** Events, dead letters and statuses that say something else, and such as should not be there. */
  public long wrong() {
    return wrong;
  }

  /** The first few differences of each kind, in words. */
  public List<String> firstDifferences(int most) {
    return Stream.of("lost: ", "duplicated: ", "wrong: ")
        .flatMap(kind -> differences.stream().filter(d -> d.startsWith(kind)).limit(most))
        .toList();
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
