package qoa.rego.compiler;

import qoa.rego.machine.RunState;
import qoa.rego.value.Accumulators;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** Runs its block while input or data, or a part of them, is another value. */
final class With extends Instruction {
  private final int target;
  private final RegoString[] path;
  private final ValueSource value;
  private final Instruction[] block;

  With(int target, RegoString[] path, ValueSource value, Instruction[] block) {
    this.target = target;
    this.path = path;
    this.value = value;
    this.block = block;
  }

  @Override
  int size() {
    return 1 + sizeOf(block);
  }

  @Override
  int run(RegoValue[] frame, RunState evaluation) {
    RegoValue original = frame[target];
    RunState.Scope outerScope = evaluation.enterScope();
    frame[target] = put(original, 0, value.in(frame), evaluation);
    int outcome = runAll(block, frame, evaluation);
    frame[target] = original;
    evaluation.leaveScope(outerScope);
    return outcome <= BREAK ? outcome : outside(outcome);
  }

  /**
   * {@code node} with {@code leaf} at the path from {@code depth} on; a value that is not an object
   * is replaced.
   */
  private RegoValue put(RegoValue node, int depth, RegoValue leaf, RunState evaluation) {
    if (depth == path.length) {
      return leaf;
    }
    evaluation.elements(1 + (node instanceof RegoObject known ? known.size() / 4 : 0));
    RegoObject object =
        node instanceof RegoObject known ? Accumulators.copy(known) : Accumulators.object(1);
    RegoValue below = put(object.get(path[depth]), depth + 1, leaf, evaluation);
    Accumulators.insert(object, path[depth], below);
    return object;
  }
}
