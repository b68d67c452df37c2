package qoa.rego.machine;

import qoa.rego.budget.LimitException;
import qoa.rego.value.RegoValue;

/**
 * A rule or a function of the policy, whatever compiled its body. A rule, which depends on nothing
 * but input and data, is computed once per evaluation and scope of a {@code with}.
 *
 * <p>Frames: slot 0 takes the result, the arguments follow, then the other variables.
 */
public final class CompiledFunction {
  /** Rego forbids recursion, so that only a plan not made by OPA gets there. */
  private static final int MAX_DEPTH = 2_000;

  private static final int STATEMENTS_PER_STEP = 16;

  /** What a function does. */
  public interface Body {
    /** The result for the arguments in {@code frame}, or null if undefined. */
    RegoValue run(RegoValue[] frame, RunState evaluation);

    /** How many statements a run comes to at most, without the rounds of loops. */
    int size();
  }

  private final int id;
  private final boolean isRule;
  private final boolean isFixed;
  private Body body;
  private int frameSize;
  private long steps;

  /**
   * A function without a body.
   *
   * @param id its number in the plan, from 0
   * @param isFixed whether its result is the same in all evaluations that share results; only for
   *     rules
   */
  public CompiledFunction(int id, boolean isRule, boolean isFixed) {
    this.id = id;
    this.isFixed = isFixed;
    this.isRule = isRule;
  }

  /** Completes the function: its body may refer to functions that come later. */
  public void define(Body code, int slots) {
    this.body = code;
    this.frameSize = slots;
    this.steps = stepsOf(slots + code.size());
  }

  /** The steps that a run of so many statements takes: most take next to nothing. */
  public static long stepsOf(int statements) {
    return 1L + statements / STATEMENTS_PER_STEP;
  }

  /** The slots of a frame. */
  public int frameSize() {
    return frameSize;
  }

  /** The result of the rule, or null if undefined. */
  public RegoValue callRule(RegoValue input, RegoValue data, RunState evaluation) {
    RegoValue known = isFixed ? evaluation.recallFixed(id) : evaluation.recall(id);
    if (known != null) {
      return evaluation.unlessUndefined(known);
    }
    RegoValue[] frame = new RegoValue[frameSize];
    frame[1] = input;
    frame[2] = data;
    if (!isFixed) {
      RegoValue result = execute(frame, evaluation);
      evaluation.remember(id, result);
      return result;
    }
    FixedResults.Recording recording = evaluation.record();
    RegoValue result = execute(frame, evaluation);
    evaluation.rememberFixed(id, result, recording);
    return result;
  }

  /** Whether {@link #callRule} is the way to call it. */
  public boolean isRule() {
    return isRule;
  }

  /** The result for the arguments in {@code frame}, or null if undefined. */
  public RegoValue execute(RegoValue[] frame, RunState evaluation) {
    evaluation.charge(steps);
    if (++evaluation.depth > MAX_DEPTH) {
      throw new LimitException("calls nested too deeply");
    }
    RegoValue result = body.run(frame, evaluation);
    evaluation.depth--;
    return result;
  }
}
