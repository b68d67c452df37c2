package qoa.rego.builtins;

import qoa.rego.budget.LimitException;
import qoa.rego.value.RegoValue;

/**
 * A built-in function. Arguments are never null; a null result is undefined. Functions have no
 * state of their own and may be called by any number of threads.
 *
 * <p>They throw {@link OperandException} for an argument of the wrong type, {@link
 * BuiltinException} for other failures, and {@link LimitException} through {@link BuiltinContext}.
 */
public sealed interface Builtin {
  /** The number of arguments. */
  int arity();

  /**
   * Calls it.
   *
   * @param arguments as many as {@link #arity}
   */
  RegoValue apply(BuiltinContext context, RegoValue[] arguments);

  /** A function of no argument. */
  non-sealed interface Of0 extends Builtin {
    RegoValue call(BuiltinContext context);

    @Override
    default int arity() {
      return 0;
    }

    @Override
    default RegoValue apply(BuiltinContext context, RegoValue[] arguments) {
      return call(context);
    }
  }

  /** A function of one argument. */
  non-sealed interface Of1 extends Builtin {
    RegoValue call(BuiltinContext context, RegoValue a);

    @Override
    default int arity() {
      return 1;
    }

    @Override
    default RegoValue apply(BuiltinContext context, RegoValue[] arguments) {
      return call(context, arguments[0]);
    }
  }

  /** A function of two arguments. */
  non-sealed interface Of2 extends Builtin {
    RegoValue call(BuiltinContext context, RegoValue a, RegoValue b);

    @Override
    default int arity() {
      return 2;
    }

    @Override
    default RegoValue apply(BuiltinContext context, RegoValue[] arguments) {
      return call(context, arguments[0], arguments[1]);
    }
  }

  /** A function of three arguments. */
  non-sealed interface Of3 extends Builtin {
    RegoValue call(BuiltinContext context, RegoValue a, RegoValue b, RegoValue c);

    @Override
    default int arity() {
      return 3;
    }

    @Override
    default RegoValue apply(BuiltinContext context, RegoValue[] arguments) {
      return call(context, arguments[0], arguments[1], arguments[2]);
    }
  }

  /** A function of four arguments. */
  non-sealed interface Of4 extends Builtin {
    RegoValue call(BuiltinContext context, RegoValue a, RegoValue b, RegoValue c, RegoValue d);

    @Override
    default int arity() {
      return 4;
    }

    @Override
    default RegoValue apply(BuiltinContext context, RegoValue[] arguments) {
      return call(context, arguments[0], arguments[1], arguments[2], arguments[3]);
    }
  }
}
