package qoa.service.cli;

import java.util.Locale;

/** Outcomes of a dry run that the user may exempt from exit code 2. */
enum Allowed {
  /** Undetermined verdicts. */
  UNDETERMINED,
  /** Contracts without a verdict. */
  UNJUDGED,
  /** Messages that are not reports. */
  DEAD_LETTERS,
  /** Reports that arrived after their window had closed. */
  LATE;

  /** The value on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
