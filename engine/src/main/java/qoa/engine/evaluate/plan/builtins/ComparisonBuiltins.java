package qoa.engine.evaluate.plan.builtins;

import qoa.engine.evaluate.plan.value.RegoBoolean;

/** {@code ==}, {@code <} and their kin; they compare values of any types in Rego's order. */
final class ComparisonBuiltins {
  private ComparisonBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("equal", (c, a, b) -> RegoBoolean.of(a.equals(b)))
        .add2("neq", (c, a, b) -> RegoBoolean.of(!a.equals(b)))
        .add2("lt", (c, a, b) -> RegoBoolean.of(a.compareTo(b) < 0))
        .add2("lte", (c, a, b) -> RegoBoolean.of(a.compareTo(b) <= 0))
        .add2("gt", (c, a, b) -> RegoBoolean.of(a.compareTo(b) > 0))
        .add2("gte", (c, a, b) -> RegoBoolean.of(a.compareTo(b) >= 0));
  }
}
