package qoa.service.cli;

import java.util.Locale;

/** An output format. */
enum OutputFormat {
  /** Text. */
  TEXT,
  /** One JSON object per line. */
  JSON;

  /** The value on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
