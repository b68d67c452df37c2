package qoa.core.engine;

import qoa.core.model.Partition;

/** What is done with the messages of a home. */
enum Duty {
  /** Reports are judged: the home has all of its applications'. */
  JUDGE,

  /** Reports that any contract asks for are re-keyed: they are judged at another home. */
  FORWARD,

  /** Re-keyed reports are judged. */
  JUDGE_REKEYED;

  /**
   * The duty of a home.
   *
   * @param rekeyedTopic where re-keyed reports are; null where none are re-keyed
   */
  static Duty of(Partition home, String rekeyedTopic) {
    if (rekeyedTopic == null) {
      return JUDGE;
    }
    return home.topic().equals(rekeyedTopic) ? JUDGE_REKEYED : FORWARD;
  }
}
