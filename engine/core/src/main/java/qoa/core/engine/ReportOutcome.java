package qoa.core.engine;

import java.util.Locale;

/** What became of a report: each one consumed has exactly one of these. */
public enum ReportOutcome {
  /** At least one contract judges it: in its window, or on its own. */
  EVALUATED,
  /** A report that no contract asks for. */
  UNMATCHED,
  /** Not a report. */
  DEAD_LETTER,
  /** Its window was closed before it came; it was judged on its own. */
  LATE;

  /** The name as it stands in the metrics, such as {@code dead_letter}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
