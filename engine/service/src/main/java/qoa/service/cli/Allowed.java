package qoa.service.cli;

import java.util.Locale;

/** What a dry run may come to and still end with exit code 0. */
enum Allowed {
  /** Verdicts that nobody can tell. */
  UNDETERMINED,
  /** Contracts without any verdict. */
  UNJUDGED,
  /** Messages that are no reports. */
  DEAD_LETTERS,
  /** Reports that came after their window was closed. */
  LATE;

  /** What the command line shows and takes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
