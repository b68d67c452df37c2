package qoa.rego.builtins;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import qoa.rego.budget.LimitException;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** {@code glob.*}: globs become regular expressions. */
final class GlobBuiltins {
  private GlobBuiltins() {}

  private static final GlobRecipe GLOB = new GlobRecipe();

  private record Glob(String pattern, List<String> delimiters) {}

  static void register(Builtins.Table table) {
    table
        .add3("glob.match", Cost.OWN, GlobBuiltins::match)
        .add1(
            "glob.quote_meta",
            Cost.COPIES,
            (c, s) ->
                RegoString.of(Operands.string(s, 1).replaceAll("([*?\\\\\\[\\]{}])", "\\\\$1")));
  }

  private static RegoValue match(
      BuiltinContext context, RegoValue pattern, RegoValue delimiters, RegoValue value) {
    Glob glob = new Glob(Operands.string(pattern, 1), delimiters(context, delimiters));
    String text = Operands.string(value, 3);
    context.charge(glob.pattern().length() / 4);
    Patterns.Compiled compiled = context.made(Patterns.Compiled.class, glob, GLOB);
    return RegoBoolean.of(compiled.matcher(context, text).matches());
  }

  /** A glob is compiled to a regular expression that is longer by as much as its delimiters. */
  private static final class GlobRecipe implements Recipe<Glob, Patterns.Compiled> {
    @Override
    public Price price(Glob glob) {
      long length = glob.pattern().length();
      long regex = length * (8 + 2L * glob.delimiters().size());
      LimitException.requireText(4 * regex);
      Price compiling = PatternPrice.of(regex(glob));
      return new Price(compiling.steps() + regex, compiling.bytes() + 4 * regex);
    }

    @Override
    public Patterns.Compiled make(Glob glob) {
      return Patterns.compile(regex(glob), Pattern.DOTALL);
    }

    private static String regex(Glob glob) {
      return GlobCompiler.regex(glob.pattern(), glob.delimiters());
    }
  }

  /** None for null, a point for an empty array. */
  private static List<String> delimiters(BuiltinContext context, RegoValue value) {
    if (value instanceof RegoNull) {
      return List.of();
    }
    if (!(value instanceof RegoArray array)) {
      throw OperandException.type(2, value, "array", "null");
    }
    context.elements(array.size());
    List<String> delimiters = new ArrayList<>();
    for (RegoValue element : array) {
      if (!(element instanceof RegoString text)) {
        throw OperandException.element(2, array, element, "string");
      }
      if (text.length() != 1) {
        throw OperandException.element(2, array, element, "rune");
      }
      delimiters.add(text.value());
    }
    return delimiters.isEmpty() ? List.of(".") : delimiters;
  }
}
