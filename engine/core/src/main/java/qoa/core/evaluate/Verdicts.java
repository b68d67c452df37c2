package qoa.core.evaluate;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import qoa.core.model.Verdict;

/**
 * Makes verdicts of what a policy's three rules answered. A pure function: both evaluators use it,
 * so that they agree.
 *
 * @param <V> what the evaluator has values in
 */
public final class Verdicts<V> {

  /** The verdict of a policy that has {@code met} or {@code undetermined}, but gave no member. */
  static final Verdict NO_VERDICT =
      Verdict.ofMessage(Verdict.Kind.UNDETERMINED, null, "the policy gave no verdict");

  private static final Comparator<Verdict> ORDER =
      comparing((Verdict verdict) -> rank(verdict))
          .thenComparing(verdict -> verdict.promise().key())
          .thenComparing(verdict -> verdict.finding().message(), nullsFirst(naturalOrder()));

  private final LatestPromises<V> latest = new LatestPromises<>();

  /**
   * The outcome of one evaluation.
   *
   * @param answers how the evaluator's values are read
   * @param policy the package, for messages
   * @param violation the rule's value, a set or an array; null where the rule is undefined
   * @param undetermined likewise
   * @param met likewise
   * @return {@link Outcome.Undefined} where all three are undefined; {@link Outcome.Failed} where
   *     any value or member is not what policies may answer, or the same member is in two of them
   */
  public Outcome outcome(Answers<V> answers, String policy, V violation, V undetermined, V met) {
    if (violation == null && undetermined == null && met == null) {
      return new Outcome.Undefined();
    }
    Members<V> members = new Members<>(answers, latest);
    try {
      members.read(Verdict.Kind.VIOLATED, "violation", violation);
      members.read(Verdict.Kind.UNDETERMINED, "undetermined", undetermined);
      members.read(Verdict.Kind.MET, "met", met);
    } catch (Members.InvalidMemberException e) {
      return new Outcome.Failed(policy + "." + e.getMessage());
    }
    List<Verdict> verdicts = members.verdicts();
    if (verdicts.isEmpty() && (undetermined != null || met != null)) {
      return new Outcome.Defined(List.of(NO_VERDICT));
    }
    verdicts.sort(ORDER);
    Optional<String> contradiction = Contradictions.in(verdicts);
    if (contradiction.isPresent()) {
      return new Outcome.Failed(policy + ": " + contradiction.get());
    }
    return new Outcome.Defined(List.copyOf(verdicts));
  }

  private static int rank(Verdict verdict) {
    return switch (verdict.kind()) {
      case VIOLATED -> 0;
      case UNDETERMINED -> 1;
      case MET -> 2;
    };
  }
}
