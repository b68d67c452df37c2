package qoa.rego;

import qoa.rego.value.Accumulators;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/** The statements that hold other statements, and those that leave them. */
final class BlockStatements {
  private BlockStatements() {}

  /** Runs its blocks one after the other, whether the earlier ones were defined or not. */
  static final class Blocks extends Statement {
    private final Statement[][] blocks;

    Blocks(Statement[][] blocks) {
      this.blocks = blocks;
    }

    @Override
    int size() {
      return Statement.sizeOf(blocks);
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      for (Statement[] block : blocks) {
        int outcome = runAll(block, frame, evaluation);
        if (outcome > BREAK) {
          return outside(outcome);
        }
      }
      return NEXT;
    }
  }

  /** Leaves the block, and {@code levels} blocks around it. */
  static final class Break extends Statement {
    private final int levels;

    Break(int levels) {
      this.levels = levels;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      return levels;
    }
  }

  /** Undefined where its block is defined. */
  static final class Not extends Statement {
    private final Statement[] block;

    Not(Statement[] block) {
      this.block = block;
    }

    @Override
    int size() {
      return 1 + sizeOf(block);
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      int outcome = runAll(block, frame, evaluation);
      return outcome == NEXT ? BREAK : outcome == BREAK ? NEXT : outside(outcome);
    }
  }

  /** Runs its block for every element, in Rego's order. A break by 1 ends the loop. */
  static final class Scan extends Statement {
    private final int source;
    private final int key;
    private final int value;
    private final Statement[] block;
    private final long stepsOfRound;

    Scan(int source, int key, int value, Statement[] block) {
      this.source = source;
      this.key = key;
      this.value = value;
      this.block = block;
      this.stepsOfRound = steps(sizeOf(block));
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      RegoValue collection = frame[source];
      if (collection instanceof RegoArray array) {
        return scanArray(array, frame, evaluation);
      }
      if (collection instanceof RegoObject object) {
        return scanObject(object, frame, evaluation);
      }
      return collection instanceof RegoSet set ? scanSet(set, frame, evaluation) : NEXT;
    }

    private int scanArray(RegoArray array, RegoValue[] frame, PlanRun evaluation) {
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

    private int scanObject(RegoObject object, RegoValue[] frame, PlanRun evaluation) {
      evaluation.order(object);
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

    private int scanSet(RegoSet set, RegoValue[] frame, PlanRun evaluation) {
      evaluation.order(set);
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

    private int round(RegoValue[] frame, PlanRun evaluation) {
      evaluation.charge(stepsOfRound);
      return runAll(block, frame, evaluation);
    }

    /** The loop counts as two blocks: its round, and itself. */
    private static int afterLoop(int outcome) {
      return outcome == RETURN ? RETURN : outcome == 1 ? NEXT : outcome - 2;
    }
  }

  /** Leaves the function with a variable's value. */
  static final class Return extends Statement {
    private final int source;

    Return(int source) {
      this.source = source;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      frame[0] = frame[source];
      return RETURN;
    }
  }

  /** Adds to the result of the plan. */
  static final class AddResult extends Statement {
    private final int value;

    AddResult(int value) {
      this.value = value;
    }

    @Override
    int run(RegoValue[] frame, PlanRun evaluation) {
      Accumulators.add(evaluation.results, frame[value]);
      return NEXT;
    }
  }
}
