package qoa.kafka;

import java.util.Locale;

/**
 * Whether the engine re-keys reports by application, so that all of an application's reports are
 * read by one engine: a window needs them together.
 */
public enum Rekey {
  /** Where reports come from more than one partition. */
  AUTO,
  /** Always. */
  ALWAYS,
  /** Never: each application's reports come from one partition, as those keyed by it do. */
  NEVER;

  /** The word in {@code engine.yaml}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether reports are re-keyed.
   *
   * @param partitions from how many partitions, of all topics, reports come
   */
  public boolean applies(int partitions) {
    return this == ALWAYS || (this == AUTO && partitions > 1);
  }
}
