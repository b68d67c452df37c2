package qoa.rego.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.rego.machine.CompiledFunction;
import qoa.rego.machine.EvaluationException;
import qoa.rego.machine.RunState;
import qoa.rego.plan.Location;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/**
 * The definitions of a function or a rule. All that are defined must agree.
 *
 * <p>Where definitions ask for a constant argument, as in {@code holds("less_than", a, b)}, those
 * that ask for another one than the call's have no result: a table leads to the others.
 */
final class Definitions implements CompiledFunction.Body {
  /** What follows {@code else} is for where all before it is undefined. */
  record Alternative(Instruction[] statements, ValueSource value) {}

  /**
   * One definition.
   *
   * @param test what it asks for; null for nothing
   * @param location where two definitions that differ are reported
   */
  record Definition(Test test, Alternative[] alternatives, Location location) {
    /** The value, or null if undefined: also where a statement leaves more than its alternative. */
    private RegoValue value(RegoValue[] frame, RunState evaluation) {
      for (Alternative alternative : alternatives) {
        int outcome = Instruction.runAll(alternative.statements, frame, evaluation);
        RegoValue value = outcome == Instruction.NEXT ? alternative.value.in(frame) : null;
        if (value != null || outcome > Instruction.BREAK) {
          return value;
        }
      }
      return null;
    }
  }

  /** That the argument in a slot is a constant. */
  record Test(int argument, RegoString wanted) {}

  private final Definition[] all;
  private final String conflict;

  /** The argument that leads to the definitions, or -1 where all are tried. */
  private final int argument;

  private final Map<RegoValue, Definition[]> byConstant;

  /** Those that do not ask for a constant. */
  private final Definition[] forOthers;

  /**
   * @param conflict the message for definitions that differ
   */
  Definitions(List<Definition> definitions, String conflict) {
    this.all = definitions.toArray(Definition[]::new);
    this.conflict = conflict;
    this.argument =
        definitions.stream()
            .filter(d -> d.test != null)
            .mapToInt(d -> d.test.argument)
            .findFirst()
            .orElse(-1);
    this.byConstant = new HashMap<>();
    this.forOthers = askingFor(null);
    for (Definition definition : all) {
      if (isInTable(definition)) {
        byConstant.computeIfAbsent(definition.test.wanted, this::askingFor);
      }
    }
  }

  private boolean isInTable(Definition definition) {
    return definition.test != null && definition.test.argument == argument;
  }

  private Definition[] askingFor(RegoValue constant) {
    List<Definition> found = new ArrayList<>();
    for (Definition definition : all) {
      if (!isInTable(definition) || definition.test.wanted.equals(constant)) {
        found.add(definition);
      }
    }
    return found.toArray(Definition[]::new);
  }

  @Override
  public int size() {
    int size = 0;
    for (Definition definition : all) {
      for (Alternative alternative : definition.alternatives) {
        size += 1 + Instruction.sizeOf(alternative.statements);
      }
    }
    return size;
  }

  @Override
  public RegoValue run(RegoValue[] frame, RunState evaluation) {
    RegoValue result = null;
    for (Definition definition : asked(frame)) {
      RegoValue value = definition.value(frame, evaluation);
      if (result == null) {
        result = value;
      } else if (value != null) {
        Costs.comparison(evaluation, result, value);
        if (!result.equals(value)) {
          throw new EvaluationException(
              EvaluationException.Kind.CONFLICT, conflict, definition.location);
        }
      }
    }
    return result;
  }

  private Definition[] asked(RegoValue[] frame) {
    if (argument < 0) {
      return all;
    }
    return byConstant.getOrDefault(frame[argument], forOthers);
  }
}
