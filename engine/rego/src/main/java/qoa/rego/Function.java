package qoa.rego;

import qoa.rego.value.LimitException;
import qoa.rego.value.RegoValue;

/**
 * A rule or a function of the policy. A rule, which depends on nothing but input and data, is
 * computed once per evaluation and scope of a {@code with}.
 *
 * <p>Frames: slot 0 takes the result, the arguments follow, then the other variables.
 */
final class Function {
  /** Rego forbids recursion, so that only a plan not made by OPA gets there. */
  private static final int MAX_DEPTH = 2_000;

  /** What a function does. */
  interface Body {
    /** The result for the arguments in {@code frame}, or null if undefined. */
    RegoValue run(RegoValue[] frame, PlanRun evaluation);

    /** How many statements a run comes to at most, loops aside. */
    int size();
  }

  /** Blocks that are run one after the other, until one returns. */
  record Blocks(Statement[][] blocks) implements Body {
    @Override
    public RegoValue run(RegoValue[] frame, PlanRun evaluation) {
      for (Statement[] block : blocks) {
        if (Statement.runAll(block, frame, evaluation) == Statement.RETURN) {
          return frame[0];
        }
      }
      return null;
    }

    @Override
    public int size() {
      return Statement.sizeOf(blocks);
    }
  }

  private final int id;
  private final boolean isRule;
  private final boolean isFixed;
  private Body body;
  private int frameSize;
  private long steps;

  /**
   * @param isFixed whether its result is the same in all evaluations of a contract
   */
  Function(int id, int parameters, boolean isFixed) {
    this.id = id;
    this.isFixed = isFixed;
    this.isRule = parameters == 2;
  }

  /** Completes the function: its code may refer to functions that come later. */
  void define(Body code, int slots) {
    this.body = code;
    this.frameSize = slots;
    this.steps = Statement.steps(slots + code.size());
  }

  int frameSize() {
    return frameSize;
  }

  /** The result of the rule, or null if undefined. */
  RegoValue callRule(RegoValue input, RegoValue data, PlanRun evaluation) {
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
    SharedResults.Recording recording = evaluation.record();
    RegoValue result = execute(frame, evaluation);
    evaluation.rememberFixed(id, result, recording);
    return result;
  }

  /** Whether {@link #callRule} is the way to call it. */
  boolean isRule() {
    return isRule;
  }

  /** The result for the arguments in {@code frame}, or null if undefined. */
  RegoValue execute(RegoValue[] frame, PlanRun evaluation) {
    evaluation.charge(steps);
    if (++evaluation.depth > MAX_DEPTH) {
      throw new LimitException("calls nested too deeply");
    }
    RegoValue result = body.run(frame, evaluation);
    evaluation.depth--;
    return result;
  }
}
