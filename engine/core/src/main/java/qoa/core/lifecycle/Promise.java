package qoa.core.lifecycle;

import java.util.Comparator;
import qoa.core.model.Verdict;

/**
 * What tells one promise of a contract from another; all but the name may be null.
 *
 * @param name the constraint, else the message
 * @param stakeholder who is accountable
 * @param stage where it is measured
 * @param instance the instance it is about
 */
record Promise(String name, String stakeholder, String stage, String instance) {

  static final Comparator<Promise> ORDER =
      Comparator.comparing(Promise::name)
          .thenComparing(Promise::stakeholder, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Promise::stage, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Promise::instance, Comparator.nullsFirst(Comparator.naturalOrder()));

  static Promise of(Verdict verdict) {
    return new Promise(verdict.name(), verdict.stakeholder(), verdict.stage(), verdict.instance());
  }
}
