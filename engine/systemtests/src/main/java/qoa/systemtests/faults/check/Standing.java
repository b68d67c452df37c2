package qoa.systemtests.faults.check;

import java.time.Instant;

/**
 * How a promise stands, as the topic of statuses says it last.
 *
 * @param verdict in lower case; null where any will do
 * @param since when the open violation began, in milliseconds since the epoch; null where none is
 * @param start of the window that was judged last, in milliseconds since the epoch; the report's
 *     event time where each is judged, of which only the first of equal verdicts is told
 */
record Standing(String version, String verdict, Long since, long start) {

  /** Some verdict, by whichever report was judged last. */
  static Standing any(String version) {
    return new Standing(version, null, null, 0);
  }

  /** Whose standing it is. */
  record Of(
      String contract, String application, String constraint, String stakeholder, String stage) {

    static Of promise(Terms terms, String application, Terms.Promise promise) {
      return new Of(
          terms.id(), application, promise.constraint(), promise.stakeholder(), promise.stage());
    }
  }

  /** Whether this is what was expected. */
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
