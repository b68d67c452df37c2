package qoa.core.model;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.Comparator;
import java.util.function.Function;

/**
 * Identifies a promise within its contract. All but {@code name} may be null.
 *
 * @param name the constraint; the message of a verdict that names no constraint
 * @param stakeholder the id of the accountable stakeholder
 * @param stage the stage at which it is measured
 * @param instance the instance that it is about
 */
public record PromiseKey(String name, String stakeholder, String stage, String instance)
    implements Comparable<PromiseKey> {

  private static final Comparator<PromiseKey> ORDER =
      by(PromiseKey::name)
          .thenComparing(by(PromiseKey::stakeholder))
          .thenComparing(by(PromiseKey::stage))
          .thenComparing(by(PromiseKey::instance));

  private static Comparator<PromiseKey> by(Function<PromiseKey, String> part) {
    return comparing(part, nullsFirst(naturalOrder()));
  }

  /** By name, stakeholder, stage and instance; null comes first. */
  @Override
  public int compareTo(PromiseKey other) {
    return ORDER.compare(this, other);
  }
}
