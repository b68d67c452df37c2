package qoa.systemtests.faults.check;

import java.time.Instant;

/**
 * The latest status of a promise.
 *
 * @param verdict the verdict in lower case; null to accept any
 * @param since when the open violation began, in milliseconds since the epoch; null for none
 * @param start the start of the last judged window, in milliseconds since the epoch. If each report
 *     is judged: the event time of the first report with the current verdict
 */
record Standing(String version, String verdict, Long since, long start) {

  /** A status with any verdict, if the order of the reports is not known. */
  static Standing any(String version) {
    return new Standing(version, null, null, 0);
  }

  /** The promise that a status is about. */
  record Of(
      String contract, String application, String constraint, String stakeholder, String stage) {

    static Of promise(Terms terms, String application, Terms.Promise promise) {
      return new Of(
          terms.id(), application, promise.constraint(), promise.stakeholder(), promise.stage());
    }
  }

  /** Whether this status matches the expected one. */
  boolean suits(Standing expected) {
    return expected.verdict == null ? version.equals(expected.version) : equals(expected);
  }

  @Override
  public String toString() {
    return "%s in %s by version %s%s"
        .formatted(
            verdict,
            Instant.ofEpochMilli(start),
            version,
            since == null ? "" : ", open since " + Instant.ofEpochMilli(since));
  }
}
