package qoa.rego.compiler;

import qoa.rego.machine.RunState;
import qoa.rego.value.RegoValue;

/**
 * One statement of a plan, compiled. Stateless: the frame holds the function's variables, and
 * {@link RunState} the rest.
 */
abstract class Instruction {
  /** Go on with the next statement. */
  static final int NEXT = -1;

  /** Leave the block: the statement is undefined. A higher number leaves as many blocks more. */
  static final int BREAK = 0;

  /** Leave the function; its result is in the frame's slot 0. */
  static final int RETURN = Integer.MAX_VALUE;

  /**
   * Runs the statement.
   *
   * @return {@link #NEXT}, {@link #RETURN}, or the number of blocks to leave beyond the current one
   */
  abstract int run(RegoValue[] frame, RunState evaluation);

  /** How many statements a run of it comes to; a loop's rounds are left to the loop. */
  int size() {
    return 1;
  }

  /** How many statements a run of these comes to. */
  static int sizeOf(Instruction[] statements) {
    int size = 0;
    for (Instruction statement : statements) {
      size += statement.size();
    }
    return size;
  }

  /** How many statements a run of these blocks comes to. */
  static int sizeOf(Instruction[][] blocks) {
    int size = 0;
    for (Instruction[] block : blocks) {
      size += 1 + sizeOf(block);
    }
    return size;
  }

  /** Runs instructions until one of them does not return {@link #NEXT}. */
  static int runAll(Instruction[] statements, RegoValue[] frame, RunState evaluation) {
    for (Instruction statement : statements) {
      int outcome = statement.run(frame, evaluation);
      if (outcome != NEXT) {
        return outcome;
      }
    }
    return NEXT;
  }

  /** The outcome for the block around the one that gave {@code outcome}. */
  static int outside(int outcome) {
    return outcome == RETURN ? RETURN : outcome - 1;
  }
}
