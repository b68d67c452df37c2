package qoa.rego.compiler;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.rego.builtins.Builtin;
import qoa.rego.builtins.BuiltinException;
import qoa.rego.builtins.OperandException;
import qoa.rego.machine.CompiledFunction;
import qoa.rego.machine.EvaluationException;
import qoa.rego.machine.EvaluationException.Kind;
import qoa.rego.machine.RunState;
import qoa.rego.plan.Location;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** The instructions that call rules, functions and builtins. */
final class CallInstructions {
  private CallInstructions() {}

  /** Where a builtin is called; {@code mustHold} whether a result of false counts as undefined. */
  record Site(String name, Location location, boolean mustHold) {}

  /** Puts a call's result in its place; returns how to go on. */
  @SuppressWarnings("ReferenceEquality")
  private static int finish(RegoValue[] frame, int slot, RegoValue value, boolean mustHold) {
    frame[slot] = value;
    return value == null || (mustHold && value == RegoBoolean.FALSE)
        ? Instruction.BREAK
        : Instruction.NEXT;
  }

  /** Calls a rule. */
  static final class CallRule extends Instruction {
    private final CompiledFunction function;
    private final ValueSource input;
    private final ValueSource data;
    private final int result;
    private final boolean mustHold;

    CallRule(
        CompiledFunction function,
        ValueSource input,
        ValueSource data,
        int result,
        boolean mustHold) {
      this.function = function;
      this.input = input;
      this.data = data;
      this.result = result;
      this.mustHold = mustHold;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoValue value = function.callRule(input.in(frame), data.in(frame), evaluation);
      return finish(frame, result, value, mustHold);
    }
  }

  /** Calls a function, which has arguments beside input and data. */
  static final class CallFunction extends Instruction {
    private final CompiledFunction function;
    private final ValueSource[] arguments;
    private final int result;
    private final boolean mustHold;

    CallFunction(CompiledFunction function, ValueSource[] arguments, int result, boolean mustHold) {
      this.function = function;
      this.arguments = arguments;
      this.result = result;
      this.mustHold = mustHold;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RegoValue[] callee = new RegoValue[function.frameSize()];
      for (int i = 0; i < arguments.length; i++) {
        callee[i + 1] = arguments[i].in(frame);
      }
      return finish(frame, result, function.execute(callee, evaluation), mustHold);
    }
  }

  /** The rules of the policy by the path that a reference with variables in it may lead to. */
  static final class RuleTree {
    private final Map<RegoValue, RuleTree> children = new HashMap<>();
    private CompiledFunction rule;

    void add(List<String> path, CompiledFunction function) {
      RuleTree node = this;
      for (String name : path) {
        node = node.children.computeIfAbsent(RegoString.of(name), n -> new RuleTree());
      }
      node.rule = function;
    }
  }

  /**
   * Calls the rule at a path that is known only at run time. No such rule: undefined. A rule that
   * is undefined also ends the three blocks around it, in which the compiler put the lookup in
   * data.
   */
  static final class CallDynamic extends Instruction {
    private final RuleTree rules;
    private final ValueSource[] path;
    private final ValueSource input;
    private final ValueSource data;
    private final int result;

    CallDynamic(
        RuleTree rules, ValueSource[] path, ValueSource input, ValueSource data, int result) {
      this.rules = rules;
      this.path = path;
      this.input = input;
      this.data = data;
      this.result = result;
    }

    @Override
    int run(RegoValue[] frame, RunState evaluation) {
      RuleTree node = rules;
      for (ValueSource name : path) {
        node = node.children.get(name.in(frame));
        if (node == null) {
          return BREAK;
        }
      }
      if (node.rule == null) {
        return BREAK;
      }
      RegoValue value = node.rule.callRule(input.in(frame), data.in(frame), evaluation);
      frame[result] = value;
      return value == null ? BREAK + 3 : NEXT;
    }
  }

  /** Calls a builtin. */
  abstract static class CallBuiltin extends Instruction {
    private final Site site;

    /** The slot of the result, or -1 for a builtin that has none. */
    private final int result;

    CallBuiltin(int result, Site site) {
      this.site = site;
      this.result = result;
    }

    static CallBuiltin of(Builtin builtin, ValueSource[] args, int result, Site site) {
      if (builtin instanceof Builtin.Of2 function) {
        return new Call2(function, args[0], args[1], result, site);
      }
      if (builtin instanceof Builtin.Of1 function) {
        return new Call1(function, args[0], result, site);
      }
      if (builtin instanceof Builtin.Of3 function) {
        return new Call3(function, args, result, site);
      }
      return new CallN(builtin, args, result, site);
    }

    abstract RegoValue call(RegoValue[] frame, RunState evaluation);

    @Override
    final int run(RegoValue[] frame, RunState evaluation) {
      RegoValue value;
      try {
        value = call(frame, evaluation);
      } catch (BuiltinException e) {
        value = failed(e, evaluation);
      }
      return result < 0 ? NEXT : finish(frame, result, value, site.mustHold());
    }

    private RegoValue failed(BuiltinException e, RunState evaluation) {
      if (!evaluation.isStrict()) {
        return null;
      }
      Kind kind = e instanceof OperandException ? Kind.TYPE : Kind.BUILTIN;
      throw new EvaluationException(kind, site.name() + ": " + e.getMessage(), site.location());
    }
  }

  private static final class Call1 extends CallBuiltin {
    private final Builtin.Of1 function;
    private final ValueSource a;

    Call1(Builtin.Of1 function, ValueSource a, int result, Site site) {
      super(result, site);
      this.function = function;
      this.a = a;
    }

    @Override
    RegoValue call(RegoValue[] frame, RunState evaluation) {
      RegoValue x = a.in(frame);
      return x == null ? null : function.call(evaluation, x);
    }
  }

  private static final class Call2 extends CallBuiltin {
    private final Builtin.Of2 function;
    private final ValueSource a;
    private final ValueSource b;

    Call2(Builtin.Of2 function, ValueSource a, ValueSource b, int result, Site site) {
      super(result, site);
      this.function = function;
      this.a = a;
      this.b = b;
    }

    @Override
    RegoValue call(RegoValue[] frame, RunState evaluation) {
      RegoValue x = a.in(frame);
      RegoValue y = b.in(frame);
      return x == null || y == null ? null : function.call(evaluation, x, y);
    }
  }

  private static final class Call3 extends CallBuiltin {
    private final Builtin.Of3 function;
    private final ValueSource a;
    private final ValueSource b;
    private final ValueSource c;

    Call3(Builtin.Of3 function, ValueSource[] args, int result, Site site) {
      super(result, site);
      this.function = function;
      this.a = args[0];
      this.b = args[1];
      this.c = args[2];
    }

    @Override
    RegoValue call(RegoValue[] frame, RunState evaluation) {
      RegoValue x = a.in(frame);
      RegoValue y = b.in(frame);
      RegoValue z = c.in(frame);
      return x == null || y == null || z == null ? null : function.call(evaluation, x, y, z);
    }
  }

  /** For the arities that are rare in policies. */
  private static final class CallN extends CallBuiltin {
    private final Builtin builtin;
    private final ValueSource[] arguments;

    CallN(Builtin builtin, ValueSource[] arguments, int result, Site site) {
      super(result, site);
      this.builtin = builtin;
      this.arguments = arguments;
    }

    @Override
    RegoValue call(RegoValue[] frame, RunState evaluation) {
      RegoValue[] x = new RegoValue[arguments.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = arguments[i].in(frame);
        if (x[i] == null) {
          return null;
        }
      }
      return builtin.apply(evaluation, x);
    }
  }
}
