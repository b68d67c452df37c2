package qoa.service.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import qoa.kafka.DeadLetterVisitor;
import qoa.kafka.StoredDeadLetter;

/** Prints dead letters or the results of a redrive, counts them, and shows progress. */
final class DeadLetterOutput<T> implements DeadLetterVisitor<T> {

  private final PrintStream out;
  private final Function<T, String> line;
  private final Function<T, StoredDeadLetter> counted;
  private final ProgressLine progress = new ProgressLine("dead letters read");
  private final Map<String, Long> counts = new TreeMap<>();
  private long read;
  private long others;

  /**
   * @param line the text to print for an item
   * @param counted the dead letter to count for an item; null to count it among the others
   */
  DeadLetterOutput(
      PrintStream out, Function<T, String> line, Function<T, StoredDeadLetter> counted) {
    this.out = out;
    this.line = line;
    this.counted = counted;
  }

  @Override
  public void visit(List<T> batch) {
    progress.wipe();
    for (T one : batch) {
      out.append(line.apply(one));
      StoredDeadLetter deadLetter = counted.apply(one);
      if (deadLetter == null) {
        others++;
      } else {
        counts.merge(DeadLetterFormat.reason(deadLetter), 1L, Long::sum);
      }
    }
    out.flush();
  }

  @Override
  public void progress(int more) {
    read += more;
    progress.show(read);
  }

  /** Removes the progress line. */
  void wipe() {
    progress.wipe();
  }

  /** The number of counted dead letters, by the label of their reason. */
  Map<String, Long> counts() {
    return counts;
  }

  /** The number of items without a counted dead letter. */
  long others() {
    return others;
  }
}
