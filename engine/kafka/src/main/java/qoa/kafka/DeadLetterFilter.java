package qoa.kafka;

import java.time.Instant;
import java.util.Set;
import qoa.core.model.DeadLetter.Reason;

/**
 * Selects dead letters.
 *
 * @param reasons only these reasons; empty for all, even for dead letters without a reason
 * @param since only dead letters of this time or later; null for all
 * @param until only dead letters of before this time; null for all
 * @param ids only these; empty for all
 * @param redriven whether to include dead letters that were redriven before
 * @param limit only the first ones, by partition and offset; 1 or more
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
          "since must be before until, but since is %s and until is %s".formatted(since, until));
    }
  }

  /** Whether a dead letter is selected, redriven or not. */
  boolean matches(StoredDeadLetter deadLetter) {
    return (reasons.isEmpty() || deadLetter.reason().filter(reasons::contains).isPresent())
        && (since == null || !deadLetter.time().isBefore(since))
        && (until == null || deadLetter.time().isBefore(until))
        && (ids.isEmpty() || ids.contains(deadLetter.id()));
  }
}
