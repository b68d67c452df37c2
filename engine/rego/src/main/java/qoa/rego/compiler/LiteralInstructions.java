package qoa.rego.compiler;

import java.util.function.Function;
import qoa.rego.machine.RunState;
import qoa.rego.value.Accumulators;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoValue;

/** The instructions that make a collection of known size, each in place of several statements. */
final class LiteralInstructions {
  private LiteralInstructions() {}

  private static RegoValue[] values(
      ValueSource[] operands, RegoValue[] frame, RunState evaluation) {
    evaluation.elements(operands.length);
    RegoValue[] values = new RegoValue[operands.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = operands[i].in(frame);
    }
    return values;
  }

  /** Makes an object with keys that are known. */
  static final class MakeObject extends Instruction {
    private final Function<RegoValue[], RegoObject> maker;
    private final ValueSource[] values;
    private final int target;

    /**
     * @param keys all different
     */
    MakeObject(RegoValue[] keys, ValueSource[] values, int target) {
      this.maker = Accumulators.objects(keys);
      this.values = values;
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      frame[target] = maker.apply(values(values, frame, evaluation));
      return NEXT;
    }
  }

  /** Makes an array. */
  static final class MakeArray extends Instruction {
    private final ValueSource[] elements;
    private final int target;

    MakeArray(ValueSource[] elements, int target) {
      this.elements = elements;
      this.target = target;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoArray array = Accumulators.array(elements.length);
      for (RegoValue element : values(elements, frame, evaluation)) {
        Accumulators.append(array, element);
      }
      frame[target] = array;
      return NEXT;
    }
  }
}
