package qoa.rego.compiler;

import qoa.rego.machine.CompiledFunction;
import qoa.rego.machine.RunState;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/** The instructions that hold other instructions, and those that leave them. */
final class BlockInstructions {
  private BlockInstructions() {}

  /** The body of a function: blocks that run one after the other, until one returns. */
  record Body(Instruction[][] blocks) implements CompiledFunction.Body {
    @Override
    public RegoValue run(RegoValue[] frame, RunState evaluation) {
      for (Instruction[] block : blocks) {
        if (Instruction.runAll(block, frame, evaluation) == Instruction.RETURN) {
          return frame[0];
        }
      }
      return null;
    }

    @Override
    public int size() {
      return Instruction.sizeOf(blocks);
    }
  }

  /** Runs its blocks one after the other, whether the earlier ones were defined or not. */
  static final class Blocks extends Instruction {
    private final Instruction[][] blocks;

    Blocks(Instruction[][] blocks) {
      this.blocks = blocks;
    }

    @Override
    int size() {
      return Instruction.sizeOf(blocks);
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      for (Instruction[] block : blocks) {
        int outcome = runAll(block, frame, evaluation);
        if (outcome > BREAK) {
          return outside(outcome);
        }
      }
      return NEXT;
    }
  }

  /** Leaves the block, and {@code levels} blocks around it. */
  static final class Break extends Instruction {
    private final int levels;

    Break(int levels) {
      this.levels = levels;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      return levels;
    }
  }

  /** Undefined where its block is defined. */
  static final class Not extends Instruction {
    private final Instruction[] block;

    Not(Instruction[] block) {
      this.block = block;
    }

    @Override
    int size() {
      return 1 + sizeOf(block);
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      int outcome = runAll(block, frame, evaluation);
      return outcome == NEXT ? BREAK : outcome == BREAK ? NEXT : outside(outcome);
    }
  }

  /** Runs its block for every element, in Rego's order. A break by 1 ends the loop. */
  static final class Scan extends Instruction {
    private final int source;
    private final int key;
    private final int value;
    private final Instruction[] block;
    private final long stepsOfRound;

    Scan(int source, int key, int value, Instruction[] block) {
      this.source = source;
      this.key = key;
      this.value = value;
      this.block = block;
      this.stepsOfRound = CompiledFunction.stepsOf(sizeOf(block));
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoValue collection = frame[source];
      if (collection instanceof RegoArray array) {
        return scanArray(array, frame, evaluation);
      }
      if (collection instanceof RegoObject object) {
        return scanObject(object, frame, evaluation);
      }
      return collection instanceof RegoSet set ? scanSet(set, frame, evaluation) : NEXT;
    }

    private int scanArray(RegoArray array, RegoValue[] frame, RunState evaluation) {
      for (int i = 0; i < array.size(); i++) {
        frame[key] = RegoNumber.of(i);
        frame[value] = array.get(i);
        int outcome = round(frame, evaluation);
        if (outcome > BREAK) {
          return afterLoop(outcome);
        }
      }
      return NEXT;
    }

    private int scanObject(RegoObject object, RegoValue[] frame, RunState evaluation) {
      Costs.order(evaluation, object);
      int size = object.size();
      for (int i = 0; i < size; i++) {
        frame[key] = object.keyAt(i);
        frame[value] = object.valueAt(i);
        int outcome = round(frame, evaluation);
        if (outcome > BREAK) {
          return afterLoop(outcome);
        }
      }
      return NEXT;
    }

    private int scanSet(RegoSet set, RegoValue[] frame, RunState evaluation) {
      Costs.order(evaluation, set);
      int size = set.size();
      for (int i = 0; i < size; i++) {
        RegoValue member = set.at(i);
        frame[key] = member;
        frame[value] = member;
        int outcome = round(frame, evaluation);
        if (outcome > BREAK) {
          return afterLoop(outcome);
        }
      }
      return NEXT;
    }

    private int round(RegoValue[] frame, RunState evaluation) {
      evaluation.charge(stepsOfRound);
      return runAll(block, frame, evaluation);
    }

    /** The loop counts as two blocks: its round, and itself. */
    private static int afterLoop(int outcome) {
      return outcome == RETURN ? RETURN : outcome == 1 ? NEXT : outcome - 2;
    }
  }

  /** Leaves the function with a variable's value. */
  static final class Return extends Instruction {
    private final int source;

    Return(int source) {
      this.source = source;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      frame[0] = frame[source];
      return RETURN;
    }
  }

  /** Adds to the result of the plan. */
  static final class AddResult extends Instruction {
    private final int value;

    AddResult(int value) {
      this.value = value;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      evaluation.addResult(frame[value]);
      return NEXT;
    }
  }
}
