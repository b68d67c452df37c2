package qoa.kafka;

import java.time.Instant;
import java.util.Set;
import qoa.core.model.DeadLetter.Reason;

/**
 * Which dead letters are meant.
 *
 * @param reasons any of these; empty for whatever reason, none given among them
 * @param since became a dead letter then or later; null for any time
 * @param until became a dead letter before; null for any time
 * @param ids just these; empty for all
 * @param redriven whether those are meant too that were redriven before
 * @param limit the first so many, by partition and offset; 1 or more
 */
public record DeadLetterFilter(
    Set<Reason> reasons,
    Instant since,
    Instant until,
    Set<DeadLetterId> ids,
    boolean redriven,
    long limit) {

  public DeadLetterFilter {
    reasons = Set.copyOf(reasons);
    ids = Set.copyOf(ids);
    if (limit < 1) {
      throw new IllegalArgumentException("the limit must be 1 or more");
    }
    if (since != null && until != null && !since.isBefore(until)) {
      throw new IllegalArgumentException(
          "nothing can be since %s and until %s".formatted(since, until));
    }
  }

  /** Whether a letter is meant, redriven or not. */
  boolean matches(StoredDeadLetter letter) {
    return (reasons.isEmpty() || letter.reason().filter(reasons::contains).isPresent())
        && (since == null || !letter.time().isBefore(since))
        && (until == null || letter.time().isBefore(until))
        && (ids.isEmpty() || ids.contains(letter.id()));
  }
}
