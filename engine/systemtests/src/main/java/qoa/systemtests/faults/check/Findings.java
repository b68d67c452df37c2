package qoa.systemtests.faults.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The differences between the expected and the found messages. Not thread-safe. */
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

  /** The number of messages that were sent to the engine. */
  public long reports() {
    return reports;
  }

  /** The number of expected events. */
  public long events() {
    return events;
  }

  /** The number of expected dead letters. */
  public long deadLetters() {
    return deadLetters;
  }

  /** The number of missing events, dead letters and statuses. */
  public long lost() {
    return lost;
  }

  /** The number of duplicates of events, dead letters and statuses. */
  public long duplicated() {
    return duplicated;
  }

  /** The number of events, dead letters and statuses that are wrong or not expected. */
  public long wrong() {
    return wrong;
  }

  /** The first differences of each kind. */
  public List<String> firstDifferences(int most) {
    return Stream.of("lost: ", "duplicated: ", "wrong: ")
        .flatMap(kind -> differences.stream().filter(d -> d.startsWith(kind)).limit(most))
        .toList();
  }

  /** All differences. */
  public List<String> differences() {
    return List.copyOf(differences);
  }

  /** Whether there is none. */
  public boolean isClean() {
    return differences.isEmpty();
  }
}
