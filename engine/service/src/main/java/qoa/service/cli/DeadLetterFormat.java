package qoa.service.cli;

import java.util.Map;
import qoa.kafka.Redrive.Dispatch;
import qoa.kafka.StoredDeadLetter;

/** How dead letters are printed. All texts end with a line break. */
interface DeadLetterFormat {

  /** The format that the options ask for. */
  static DeadLetterFormat of(ConfigOptions options) {
    return options.json() ? new DeadLetterJson() : new DeadLetterText();
  }

  /** One line. */
  String line(StoredDeadLetter letter);

  /** Everything of one letter. */
  String full(StoredDeadLetter letter);

  /** One line of what became of it. */
  String line(Dispatch dispatch, boolean rehearsal);

  /**
   * The last line of a list.
   *
   * @param counts how many, by the label of their reason
   */
  String listed(Map<String, Long> counts);

  /**
   * The last line of a redrive.
   *
   * @param counts how many were sent, by the label of their reason
   * @param refused how many could not be sent
   */
  String redriven(Map<String, Long> counts, long refused, boolean rehearsal);

  /** The label of a letter's reason. */
  static String reason(StoredDeadLetter letter) {
    return letter.reason().map(reason -> reason.label()).orElse("unknown");
  }

  /** How many in all. */
  static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
