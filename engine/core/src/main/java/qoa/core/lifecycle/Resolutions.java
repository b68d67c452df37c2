package qoa.core.lifecycle;

import qoa.core.model.Verdict;

/**
 * What is said of a violation when it is over: what the policy says now, completed by what it said
 * of the violation. Plain functions.
 */
final class Resolutions {

  private Resolutions() {}

  /** The promise was kept again. */
  static Verdict of(Verdict violated, Verdict met) {
    return new Verdict(
        Verdict.Kind.MET,
        met.stakeholder(),
        first(met.consumers(), violated.consumers()),
        met.constraint(),
        met.stage(),
        met.instance(),
        first(met.metric(), violated.metric()),
        first(met.aggregate(), violated.aggregate()),
        met.observed(),
        first(met.expected(), violated.expected()),
        first(met.severity(), violated.severity()),
        met.message());
  }

  /** The policy has nothing more to say about it. */
  static Verdict unmentioned(Verdict violated) {
    // Where the message is all that names the promise, it stays.
    return ended(
        violated,
        violated.constraint() == null ? violated.message() : "no longer reported as violated");
  }

  /** Nobody judges it any more. */
  static Verdict ended(Verdict violated, String why) {
    return new Verdict(
        Verdict.Kind.MET,
        violated.stakeholder(),
        violated.consumers(),
        violated.constraint(),
        violated.stage(),
        violated.instance(),
        violated.metric(),
        violated.aggregate(),
        null,
        violated.expected(),
        violated.severity(),
        why);
  }

  private static <T> T first(T one, T other) {
    return one != null ? one : other;
  }
}
