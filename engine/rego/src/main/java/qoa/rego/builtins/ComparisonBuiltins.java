package qoa.rego.builtins;

import qoa.rego.value.Costs;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoValue;

/** {@code ==}, {@code <} and their kin; they compare values of any types in Rego's order. */
final class ComparisonBuiltins {
  private ComparisonBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("equal", Cost.OWN, (c, a, b) -> RegoBoolean.of(equal(c, a, b)))
        .add2("neq", Cost.OWN, (c, a, b) -> RegoBoolean.of(!equal(c, a, b)))
        .add2("lt", Cost.OWN, (c, a, b) -> RegoBoolean.of(compare(c, a, b) < 0))
        .add2("lte", Cost.OWN, (c, a, b) -> RegoBoolean.of(compare(c, a, b) <= 0))
        .add2("gt", Cost.OWN, (c, a, b) -> RegoBoolean.of(compare(c, a, b) > 0))
        .add2("gte", Cost.OWN, (c, a, b) -> RegoBoolean.of(compare(c, a, b) >= 0));
  }

  private static boolean equal(BuiltinContext context, RegoValue a, RegoValue b) {
    Costs.comparison(context, a, b);
    return a.equals(b);
  }

  private static int compare(BuiltinContext context, RegoValue a, RegoValue b) {
    Costs.comparison(context, a, b);
    return a.compareTo(b);
  }
}
