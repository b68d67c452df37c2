package qoa.service.cli;

import java.util.Locale;

/** How results are printed. */
enum OutputFormat {
  /** For people. */
  TEXT,
  /** One JSON object a line. */
  JSON;

  /** What the command line shows and takes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
