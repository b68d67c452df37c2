package qoa.core.lifecycle;

import qoa.core.model.Finding;
import qoa.core.model.Promise;
import qoa.core.model.Verdict;

/**
 * The verdicts of violations that are over: the latest verdict, completed by the one that opened or
 * continued the violation. Plain functions.
 */
final class Resolutions {

  private Resolutions() {}

  /** The promise was kept again. */
  static Verdict of(Promise violated, Verdict met) {
    Promise now = met.promise();
    Promise completed =
        new Promise(
            now.key(),
            now.constraint(),
            first(now.consumers(), violated.consumers()),
            first(now.metric(), violated.metric()),
            first(now.aggregate(), violated.aggregate()),
            first(now.expected(), violated.expected()),
            first(now.severity(), violated.severity()));
    return new Verdict(
        completed,
        new Finding(Verdict.Kind.MET, met.finding().observed(), met.finding().message()));
  }

  /** The policy no longer mentions the promise. */
  static Verdict unmentioned(Verdict violated) {
    // Where the message is all that names the promise, it stays.
    return ended(
        violated,
        violated.promise().constraint() == null
            ? violated.finding().message()
            : "no longer reported as violated");
  }

  /** The promise is no longer judged. */
  static Verdict ended(Verdict violated, String why) {
    return new Verdict(violated.promise(), new Finding(Verdict.Kind.MET, null, why));
  }

  private static <T> T first(T one, T other) {
    return one != null ? one : other;
  }
}
