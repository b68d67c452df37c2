package qoa.service.cli;

import java.util.Map;
import qoa.kafka.Redrive.Dispatch;
import qoa.kafka.StoredDeadLetter;

/** An output format of dead letters. Each text ends with a line break. */
interface DeadLetterFormat {

  /** The format that the options select. */
  static DeadLetterFormat of(ConfigOptions options) {
    return options.json() ? new DeadLetterJson() : new DeadLetterText();
  }

  /** A dead letter on one line. */
  String line(StoredDeadLetter deadLetter);

  /** A dead letter in full. */
  String full(StoredDeadLetter deadLetter);

  /** The result of a redrive for one dead letter, on one line. */
  String line(Dispatch dispatch, boolean dryRun);

  /**
   * The last line of a list.
   *
   * @param counts the number of dead letters by the label of their reason
   */
  String listed(Map<String, Long> counts);

  /**
   * The last line of a redrive.
   *
   * @param counts the number of dead letters that were sent, by the label of their reason
   * @param refused the number of dead letters that could not be sent
   */
  String redriven(Map<String, Long> counts, long refused, boolean dryRun);

  /** The label of the reason of a dead letter. */
  static String reason(StoredDeadLetter deadLetter) {
    return deadLetter.reason().map(reason -> reason.label()).orElse("unknown");
  }

  /** The sum of all counts. */
  static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
