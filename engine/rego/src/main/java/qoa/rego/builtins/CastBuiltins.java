package qoa.rego.builtins;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import qoa.rego.value.Accumulators;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/** Types: asking for them, and converting between them. */
final class CastBuiltins {
  /** Numbers that Go reads and JSON does not allow: a plus sign, no digit beside the point. */
  private static final Pattern GO_NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,5})?");

  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]*(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);

  private CastBuiltins() {}

  static void register(Builtins.Table table) {
    for (RegoValue.Type type : RegoValue.Type.values()) {
      table.add1("is_" + type.regoName(), Cost.FIXED, (c, a) -> RegoBoolean.of(a.type() == type));
    }
    table
        .add1("type_name", Cost.FIXED, (c, a) -> RegoString.of(a.type().regoName()))
        .add1("to_number", Cost.OWN, (c, a) -> toNumber(c, a))
        .add1("cast_array", Cost.OWN, (c, a) -> a instanceof RegoArray ? a : toArray(c, a))
        .add1("cast_set", Cost.OWN, (c, a) -> a instanceof RegoSet ? a : toSet(c, a))
        .add1("cast_string", Cost.FIXED, (c, a) -> same(a, RegoValue.Type.STRING))
        .add1("cast_boolean", Cost.FIXED, (c, a) -> same(a, RegoValue.Type.BOOLEAN))
        .add1("cast_null", Cost.FIXED, (c, a) -> same(a, RegoValue.Type.NULL))
        .add1("cast_object", Cost.FIXED, (c, a) -> same(a, RegoValue.Type.OBJECT));
  }

  private static RegoValue same(RegoValue a, RegoValue.Type type) {
    if (a.type() != type) {
      throw OperandException.type(1, a, type.regoName());
    }
    return a;
  }

  static RegoArray toArray(BuiltinContext context, RegoValue collection) {
    Cost.COPIES.charge(context, collection);
    RegoArray array = Accumulators.array(Math.max(0, collection.length()));
    Operands.elements(collection, 1).forEach(x -> Accumulators.append(array, x));
    return array;
  }

  static RegoSet toSet(BuiltinContext context, RegoValue collection) {
    Cost.COPIES.charge(context, collection);
    context.charge(2L * collection.weight());
    RegoSet set = Accumulators.set(Math.max(0, collection.length()));
    Operands.elements(collection, 1).forEach(x -> Accumulators.add(set, x));
    return set;
  }

  private static RegoValue toNumber(BuiltinContext context, RegoValue a) {
    if (a instanceof RegoNumber) {
      return a;
    }
    if (a instanceof RegoNull) {
      return RegoNumber.of(0);
    }
    if (a instanceof RegoBoolean bool) {
      return RegoNumber.of(bool.value() ? 1 : 0);
    }
    if (a instanceof RegoString string) {
      return parse(context, string.value());
    }
    throw OperandException.type(1, a, "null", "boolean", "number", "string");
  }

  private static RegoNumber parse(BuiltinContext context, String text) {
    try {
      return RegoNumber.parse(text, context);
    } catch (NumberFormatException e) {
      boolean isShort = text.length() <= RegoNumber.MAX_TEXT;
      if (isShort && GO_NUMBER.matcher(text).matches()) {
        return RegoNumber.of(new BigDecimal(text));
      }
      if (isShort && NOT_FINITE.matcher(text).matches()) {
        throw new OperandException(1, "must be valid number string but got string");
      }
      throw new BuiltinException(
          "strconv.ParseFloat: parsing \"" + TermText.shown(text) + "\": invalid syntax");
    }
  }
}
