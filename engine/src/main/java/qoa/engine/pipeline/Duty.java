package qoa.engine.pipeline;

import qoa.engine.model.Source;

/** What is done with the messages of a home. */
enum Duty {
  /** Everything: the home has all reports of its applications. */
  ALL,

  /** Each report is judged; those that windows need are re-keyed, for their home is another one. */
  FORWARD,

  /** Re-keyed reports are judged in their windows. */
  WINDOWS;

  /**
   * The duty of a home.
   *
   * @param rekeyedTopic where re-keyed reports are; null where none are re-keyed
   */
  static Duty of(Source home, String rekeyedTopic) {
    if (rekeyedTopic == null) {
      return ALL;
    }
    return home.topic().equals(rekeyedTopic) ? WINDOWS : FORWARD;
  }

  boolean judgesReports() {
    return this != WINDOWS;
  }

  boolean judgesWindows() {
    return this != FORWARD;
  }
}
