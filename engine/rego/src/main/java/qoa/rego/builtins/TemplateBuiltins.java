package qoa.rego.builtins;

import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** {@code strings.render_template}: see {@link TextTemplate}. */
final class TemplateBuiltins {
  private TemplateBuiltins() {}

  static void register(Builtins.Table table) {
    table.add2("strings.render_template", Cost.OWN, TemplateBuiltins::render);
  }

  private static RegoValue render(BuiltinContext context, RegoValue template, RegoValue variables) {
    String text = Operands.string(template, 1);
    return RegoString.of(TextTemplate.render(context, text, Operands.object(variables, 2)));
  }
}
