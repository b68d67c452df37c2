package qoa.kafka;

import java.util.Locale;

/**
 * Whether the engine re-keys reports by application, so that one engine reads all reports of an
 * application: a window needs them together.
 */
public enum Rekey {
  /** If reports come from more than one partition. */
  AUTO,
  /** Always. */
  ALWAYS,
  /** Never: each application's reports come from one partition, as those keyed by it do. */
  NEVER;

  /** The value in {@code engine.yaml}. */
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
