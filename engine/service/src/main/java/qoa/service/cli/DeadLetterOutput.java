package qoa.service.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import qoa.kafka.DeadLetterVisitor;
import qoa.kafka.StoredDeadLetter;

/** Prints dead letters, or what becomes of them, and counts them; shows progress between. */
final class DeadLetterOutput<T> implements DeadLetterVisitor<T> {

  private final PrintStream out;
  private final Function<T, String> line;
  private final Function<T, StoredDeadLetter> counted;
  private final Progress progress = new Progress("dead letters read");
  private final Map<String, Long> counts = new TreeMap<>();
  private long read;
  private long others;

  /**
   * @param line what to print of one
   * @param counted the letter that counts; null where it does not
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
      StoredDeadLetter letter = counted.apply(one);
      if (letter == null) {
        others++;
      } else {
        counts.merge(DeadLetterFormat.reason(letter), 1L, Long::sum);
      }
    }
    out.flush();
  }

  @Override
  public void progress(int more) {
    read += more;
    progress.show(read);
  }

  /** Ends the progress. */
  void wipe() {
    progress.wipe();
  }

  /** How many count, by the label of their reason. */
  Map<String, Long> counts() {
    return counts;
  }

  /** How many do not count. */
  long others() {
    return others;
  }
}
