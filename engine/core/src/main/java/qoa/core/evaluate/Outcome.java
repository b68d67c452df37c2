package qoa.core.evaluate;

import java.util.List;
import qoa.core.model.Texts;
import qoa.core.model.Verdict;

/** How one evaluation ended. An error is never a verdict. */
public sealed interface Outcome {

  /**
   * The policy answered.
   *
   * @param verdicts in a fixed order: violated, undetermined, met, each sorted; empty only where
   *     the policy has {@code violation} alone
   */
  record Defined(List<Verdict> verdicts) implements Outcome {

    /**
     * Whether the policy gave no member. It has {@code violation} alone, so that does not prove
     * that promises were kept.
     */
    public boolean isSilent() {
      return verdicts.isEmpty();
    }

    /**
     * Whether the policy gave no member, though it has {@code met} or {@code undetermined}: the one
     * verdict is the engine's.
     */
    @SuppressWarnings("ReferenceEquality") // a policy may give the same message
    public boolean isWithoutVerdict() {
      return verdicts.size() == 1 && verdicts.get(0) == Verdicts.NO_VERDICT;
    }
  }

  /** The package has none of the rules {@code violation}, {@code undetermined}, {@code met}. */
  record Undefined() implements Outcome {}

  /**
   * The policy could not be evaluated on this input.
   *
   * @param reason for people
   */
  record Failed(String reason) implements Outcome {

    private static final int MAX_REASON_BYTES = 4 * 1024;

    /** Cuts a reason that is longer than an event's message may be. */
    public Failed {
      reason = Texts.cut(reason, MAX_REASON_BYTES);
    }
  }
}
