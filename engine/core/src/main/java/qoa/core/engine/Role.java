package qoa.core.engine;

import qoa.core.model.Partition;

/** What an engine does with the reports of a partition. */
enum Role {
  /** Judges them: the partition has all reports of its applications. */
  JUDGE,

  /** Re-keys those that a contract asks for: they are judged in another partition. */
  FORWARD,

  /** Judges re-keyed reports. */
  JUDGE_REKEYED;

  /**
   * The role for a partition.
   *
   * @param rekeyedTopic the topic of re-keyed reports; null where reports are not re-keyed
   */
  static Role of(Partition partition, String rekeyedTopic) {
    if (rekeyedTopic == null) {
      return JUDGE;
    }
    return partition.topic().equals(rekeyedTopic) ? JUDGE_REKEYED : FORWARD;
  }
}
