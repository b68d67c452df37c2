package qoa.rego.builtins;

import java.util.ArrayList;
import java.util.List;
import qoa.rego.value.BoundedText;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/** What the compiler makes of {@code print} and of template strings, and {@code trace}. */
final class InternalBuiltins {
  private InternalBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("internal.print", Cost.OWN, InternalBuiltins::print)
        .add1(
            "internal.template_string",
            Cost.OWN,
            (c, parts) -> template(c, Operands.array(parts, 1)))
        .add1("internal.test_case", Cost.FIXED, (c, parts) -> RegoBoolean.TRUE)
        .add1("trace", Cost.COPIES, InternalBuiltins::trace);
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
      List<String> alternatives = alternatives(context, argument);
      List<String> longer = new ArrayList<>();
      for (String line : lines) {
        for (String text : alternatives) {
          context.elements(1);
          context.text((long) line.length() + 1 + text.length());
          longer.add(line + separator + text);
        }
      }
      lines = longer;
      separator = " ";
    }
    lines.forEach(context::print);
    return RegoBoolean.TRUE;
  }

  private static RegoValue template(BuiltinContext context, RegoArray parts) {
    BoundedText text = new BoundedText(context);
    for (RegoValue part : parts) {
      context.charge(1);
      List<String> alternatives = alternatives(context, part);
      if (alternatives.size() > 1) {
        throw new BuiltinException("template-strings must not produce multiple outputs");
      }
      text.append(alternatives.get(0));
    }
    return RegoString.of(text.toString());
  }

  private static List<String> alternatives(BuiltinContext context, RegoValue argument) {
    if (!(argument instanceof RegoSet set)) {
      return List.of(plain(context, argument));
    }
    Cost.COPIES.charge(context, set);
    List<String> texts = new ArrayList<>(set.size());
    set.forEach(member -> texts.add(plain(context, member)));
    return texts.isEmpty() ? List.of("<undefined>") : texts;
  }

  private static String plain(BuiltinContext context, RegoValue value) {
    return value instanceof RegoString string ? string.value() : TermText.of(value, context);
  }
}
