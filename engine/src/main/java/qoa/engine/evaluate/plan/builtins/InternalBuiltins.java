package qoa.engine.evaluate.plan.builtins;

import java.util.ArrayList;
import java.util.List;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** What the compiler makes of {@code print} and of template strings, and {@code trace}. */
final class InternalBuiltins {
  private InternalBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("internal.print", InternalBuiltins::print)
        .add1("internal.template_string", (c, parts) -> template(Operands.array(parts, 1)))
        .add1("internal.test_case", (c, parts) -> RegoBoolean.TRUE)
        .add1("trace", InternalBuiltins::trace);
  }

  private static RegoValue trace(BuiltinContext context, RegoValue note) {
    context.print(Operands.string(note, 1));
    return RegoBoolean.TRUE;
  }

  /** Every argument is a set of what it may be; one line for each combination. */
  private static RegoValue print(BuiltinContext context, RegoValue arguments) {
    List<String> lines = List.of("");
    String separator = "";
    for (RegoValue argument : Operands.array(arguments, 1)) {
      List<String> longer = new ArrayList<>();
      for (String line : lines) {
        for (String text : alternatives(argument)) {
          context.charge(1);
          longer.add(line + separator + text);
        }
      }
      lines = longer;
      separator = " ";
    }
    lines.forEach(context::print);
    return RegoBoolean.TRUE;
  }

  private static RegoValue template(RegoArray parts) {
    StringBuilder text = new StringBuilder();
    for (RegoValue part : parts) {
      List<String> alternatives = alternatives(part);
      if (alternatives.size() > 1) {
        throw new BuiltinException("template-strings must not produce multiple outputs");
      }
      text.append(alternatives.get(0));
    }
    return RegoString.of(text.toString());
  }

  private static List<String> alternatives(RegoValue argument) {
    if (!(argument instanceof RegoSet set)) {
      return List.of(plain(argument));
    }
    List<String> texts = new ArrayList<>(set.size());
    set.forEach(member -> texts.add(plain(member)));
    return texts.isEmpty() ? List.of("<undefined>") : texts;
  }

  private static String plain(RegoValue value) {
    return value instanceof RegoString string ? string.value() : value.toString();
  }
}
