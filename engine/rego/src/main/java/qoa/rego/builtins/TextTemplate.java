package qoa.rego.builtins;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.rego.budget.LimitException;
import qoa.rego.value.BoundedText;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/**
 * Templates of Go's {@code text/template}, as far as messages need them: texts, fields, variables,
 * {@code if}, {@code range}, {@code with}, and the functions of {@link TemplateExpression}. What
 * goes beyond fails.
 */
final class TextTemplate {
  /** A text, or an action with the nodes inside it and those of its {@code else}. */
  private record Node(String text, String action, List<Node> body, List<Node> otherwise) {}

  /** Each level is a call. */
  private static final int MAX_DEPTH = 200;

  private final BuiltinContext context;
  private final Deque<Map<String, RegoValue>> scopes = new ArrayDeque<>();
  private final RegoObject root;
  private final BoundedText out;

  private TextTemplate(BuiltinContext context, RegoObject root) {
    this.context = context;
    this.out = new BoundedText(context);
    this.root = root;
  }

  static String render(BuiltinContext context, String template, RegoObject variables) {
    TextTemplate run = new TextTemplate(context, variables);
    context.text(2L * template.length());
    List<Token> tokens = tokens(context, template);
    int[] at = {0};
    List<Node> nodes = parse(tokens, at, 0);
    run.scopes.push(new HashMap<>(Map.of("$", variables)));
    run.all(nodes, variables);
    return run.out.toString();
  }

  private record Token(String text, boolean isAction) {}

  private static List<Token> tokens(BuiltinContext context, String template) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    boolean trim = false;
    while (at < template.length()) {
      context.elements(4);
      int open = template.indexOf("{{", at);
      String text = template.substring(at, open < 0 ? template.length() : open);
      text = trim ? text.stripLeading() : text;
      boolean trimBefore = open >= 0 && template.startsWith("- ", open + 2);
      tokens.add(new Token(trimBefore ? text.stripTrailing() : text, false));
      if (open < 0) {
        break;
      }
      int close = template.indexOf("}}", open);
      if (close < 0) {
        throw new BuiltinException("template: unclosed action");
      }
      trim = close - 2 >= open && template.startsWith(" -", close - 2);
      String action = template.substring(open + (trimBefore ? 3 : 2), close - (trim ? 1 : 0));
      tokens.add(new Token(action.strip(), true));
      at = close + 2;
    }
    return tokens;
  }

  private static List<Node> parse(List<Token> tokens, int[] at, int depth) {
    if (depth > MAX_DEPTH) {
      throw new LimitException("a template nested more than " + MAX_DEPTH + " levels deep");
    }
    List<Node> nodes = new ArrayList<>();
    while (at[0] < tokens.size()) {
      Token token = tokens.get(at[0]);
      if (token.isAction() && depth > 0 && isEndOrElse(token.text())) {
        return nodes;
      }
      at[0]++;
      if (!token.isAction()) {
        nodes.add(new Node(token.text(), "", List.of(), List.of()));
      } else if (!token.text().startsWith("/*")) {
        nodes.add(action(token.text(), tokens, at, depth));
      }
    }
    if (depth > 0) {
      throw new BuiltinException("template: unexpected EOF");
    }
    return nodes;
  }

  private static boolean isEndOrElse(String action) {
    return action.equals("end") || action.equals("else") || action.startsWith("else ");
  }

  private static Node action(String action, List<Token> tokens, int[] at, int depth) {
    String keyword = action.split("\\s", 2)[0];
    switch (keyword) {
      case "if", "range", "with" -> {
        List<Node> body = parse(tokens, at, depth + 1);
        String next = tokens.get(at[0]++).text();
        if (next.equals("end")) {
          return new Node("", action, body, List.of());
        }
        List<Node> otherwise = new ArrayList<>();
        if (next.equals("else")) {
          otherwise.addAll(parse(tokens, at, depth + 1));
          at[0]++;
        } else {
          otherwise.add(action(next.substring("else ".length()).strip(), tokens, at, depth + 1));
        }
        return new Node("", action, body, otherwise);
      }
      case "end", "else", "define", "template", "block", "break", "continue" ->
          throw new BuiltinException("template: unexpected {{" + keyword + "}}");
      default -> {
        return new Node("", action, List.of(), List.of());
      }
    }
  }

  private void all(List<Node> nodes, RegoValue dot) {
    for (Node node : nodes) {
      context.charge(1);
      String action = node.action();
      if (action.isEmpty()) {
        out.append(node.text());
      } else if (action.startsWith("if ")) {
        branch(node, dot, value(action.substring(3), dot), dot);
      } else if (action.startsWith("with ")) {
        RegoValue value = value(action.substring(5), dot);
        branch(node, dot, value, value);
      } else if (action.startsWith("range ")) {
        range(node, action.substring(6).strip(), dot);
      } else {
        RegoValue value = value(action, dot);
        if (!isAssignment(action)) {
          TemplateExpression.write(value, out);
        }
      }
    }
  }

  private Map<String, RegoValue> pushScope() {
    context.elements(1L + scopes.peek().size());
    Map<String, RegoValue> scope = new HashMap<>(scopes.peek());
    scopes.push(scope);
    return scope;
  }

  private static boolean isAssignment(String action) {
    return action.matches("(?s)\\$\\w*\\s*:?=.*");
  }

  private void branch(Node node, RegoValue dot, RegoValue condition, RegoValue dotInside) {
    boolean holds = TemplateExpression.isTrue(condition);
    pushScope();
    all(holds ? node.body() : node.otherwise(), holds ? dotInside : dot);
    scopes.pop();
  }

  /** The value of a pipeline; sets the variable that it is assigned to, if any. */
  private RegoValue value(String pipeline, RegoValue dot) {
    context.text(4L * pipeline.length());
    context.elements(4);
    String expression = pipeline.strip();
    String variable = null;
    if (isAssignment(expression)) {
      int equals = expression.indexOf('=');
      variable = expression.substring(0, equals).replace(":", "").strip();
      expression = expression.substring(equals + 1);
    }
    RegoValue value = new TemplateExpression(context, expression, dot, scopes.peek()).evaluate();
    if (variable != null && value != null) {
      scopes.peek().put(variable, value);
    }
    return value;
  }

  private void range(Node node, String clause, RegoValue dot) {
    String pipeline = clause;
    String[] names = {};
    if (isRangeWithVariables(clause)) {
      int equals = clause.indexOf(":=");
      names = clause.substring(0, equals).strip().split("\\s*,\\s*", 2);
      pipeline = clause.substring(equals + 2);
    }
    RegoValue collection = value(pipeline, dot);
    if (collection == null || !TemplateExpression.isTrue(collection)) {
      all(node.otherwise(), dot);
    } else if (collection instanceof RegoArray array) {
      for (int i = 0; i < array.size(); i++) {
        round(node, names, RegoNumber.of(i), array.get(i));
      }
    } else if (collection instanceof RegoObject object) {
      Costs.order(context, object);
      for (RegoObject.Entry entry : object) {
        round(node, names, entry.key(), entry.value());
      }
    } else {
      throw new BuiltinException(
          "template: range can't iterate over " + TermText.shown(collection));
    }
  }

  private static boolean isRangeWithVariables(String clause) {
    return clause.startsWith("$") && clause.contains(":=");
  }

  private void round(Node node, String[] names, RegoValue key, RegoValue value) {
    Map<String, RegoValue> scope = pushScope();
    scope.put("$", root);
    if (names.length == 2) {
      scope.put(names[0], key);
    }
    if (names.length > 0) {
      scope.put(names[names.length - 1], value);
    }
    all(node.body(), value);
    scopes.pop();
  }
}
