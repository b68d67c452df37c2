package qoa.engine.evaluate.plan.builtins;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoNull;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** {@code glob.*}: globs become regular expressions. */
final class GlobBuiltins {
  private GlobBuiltins() {}

  private record Glob(String pattern, List<String> delimiters) {}

  static void register(Builtins.Table table) {
    table
        .add3("glob.match", GlobBuiltins::match)
        .add1(
            "glob.quote_meta",
            (c, s) ->
                RegoString.of(Operands.string(s, 1).replaceAll("([*?\\\\\\[\\]{}])", "\\\\$1")));
  }

  private static RegoValue match(
      BuiltinContext context, RegoValue pattern, RegoValue delimiters, RegoValue value) {
    Glob glob = new Glob(Operands.string(pattern, 1), delimiters(delimiters));
    String text = Operands.string(value, 3);
    context.charge(text.length() / 16);
    try {
      Pattern compiled = context.cached(Pattern.class, glob, GlobBuiltins::compile);
      return RegoBoolean.of(compiled.matches(text));
    } catch (PatternSyntaxException e) {
      throw new BuiltinException("bad glob: " + e.getMessage());
    }
  }

  private static Pattern compile(Glob glob) {
    String regex = GlobCompiler.regex(glob.pattern(), glob.delimiters());
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  /** None for null, a point for an empty array. */
  private static List<String> delimiters(RegoValue value) {
    if (value instanceof RegoNull) {
      return List.of();
    }
    if (!(value instanceof RegoArray array)) {
      throw OperandException.type(2, value, "array", "null");
    }
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
