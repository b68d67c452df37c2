package qoa.engine.evaluate;

import java.util.List;
import qoa.engine.model.Verdict;

/** How one evaluation ended. An error is never a verdict. */
public sealed interface Outcome {

  /**
   * The policy answered.
   *
   * @param verdicts in a fixed order: violated, undetermined, met, each sorted; may be empty
   */
  record Defined(List<Verdict> verdicts) implements Outcome {}

  /** The package has none of the rules {@code violation}, {@code undetermined}, {@code met}. */
  record Undefined() implements Outcome {}

  /**
   * The policy could not be evaluated on this input.
   *
   * @param reason for people
   */
  record Failed(String reason) implements Outcome {}
}
