package qoa.rego.builtins;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** All built-in functions, by the names that plans call them by. */
public final class Builtins {
  private static final Map<String, Builtin> BY_NAME = load();

  private Builtins() {}

  private static Map<String, Builtin> load() {
    Table table = new Table();
    AggregateBuiltins.register(table);
    ArithmeticBuiltins.register(table);
    BitsBuiltins.register(table);
    CastBuiltins.register(table);
    CollectionBuiltins.register(table);
    ComparisonBuiltins.register(table);
    CryptoBuiltins.register(table);
    EncodingBuiltins.register(table);
    GlobBuiltins.register(table);
    GraphBuiltins.register(table);
    InternalBuiltins.register(table);
    JsonBuiltins.register(table);
    JsonPatchBuiltins.register(table);
    JsonPathBuiltins.register(table);
    JsonSchemaBuiltins.register(table);
    NetBuiltins.register(table);
    NumberBuiltins.register(table);
    ObjectBuiltins.register(table);
    RegexBuiltins.register(table);
    SemverBuiltins.register(table);
    SetBuiltins.register(table);
    StringBuiltins.register(table);
    TemplateBuiltins.register(table);
    TextBuiltins.register(table);
    TimeBuiltins.register(table);
    UnitsBuiltins.register(table);
    UriBuiltins.register(table);
    UuidBuiltins.register(table);
    return Map.copyOf(table.functions);
  }

  /** The function called {@code name}, or null if there is none. */
  public static Builtin find(String name) {
    return BY_NAME.get(name);
  }

  /** The names of all functions. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** Collects the functions of each topic, and has each of them charged. */
  static final class Table {
    private final Map<String, Builtin> functions = new HashMap<>();

    Table add0(String name, Builtin.Of0 function) {
      return add(name, function);
    }

    Table add1(String name, Cost cost, Builtin.Of1 function) {
      return !cost.isCharged()
          ? add(name, function)
          : add(
              name,
              (Builtin.Of1)
                  (c, a) -> {
                    cost.charge(c, a);
                    return function.call(c, a);
                  });
    }

    Table add2(String name, Cost cost, Builtin.Of2 function) {
      return !cost.isCharged()
          ? add(name, function)
          : add(
              name,
              (Builtin.Of2)
                  (c, x, y) -> {
                    cost.charge(c, x);
                    cost.charge(c, y);
                    return function.call(c, x, y);
                  });
    }

    Table add3(String name, Cost cost, Builtin.Of3 function) {
      return !cost.isCharged()
          ? add(name, function)
          : add(
              name,
              (Builtin.Of3)
                  (c, x, y, z) -> {
                    cost.charge(c, x);
                    cost.charge(c, y);
                    cost.charge(c, z);
                    return function.call(c, x, y, z);
                  });
    }

    Table add4(String name, Cost cost, Builtin.Of4 function) {
      return add(
          name,
          (Builtin.Of4)
              (c, w, x, y, z) -> {
                cost.charge(c, w);
                cost.charge(c, x);
                cost.charge(c, y);
                cost.charge(c, z);
                return function.call(c, w, x, y, z);
              });
    }

    private Table add(String name, Builtin function) {
      if (functions.put(name, function) != null) {
        throw new IllegalStateException("two functions are called " + name);
      }
      return this;
    }
  }
}
