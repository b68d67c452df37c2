package qoa.engine.evaluate.plan.builtins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoNull;
import qoa.engine.evaluate.plan.value.RegoNumber;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/**
 * A pipeline of a text template: operands, calls of {@code len}, {@code index}, {@code print},
 * comparisons, {@code and}, {@code or} and {@code not}, parentheses, and {@code |}.
 */
final class TemplateExpression {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|[()|]|-?\\d+(?:\\.\\d+)?|\\$?\\w*(?:\\.\\w+)+|\\$\\w*|\\.|\\w+");

  private final List<String> tokens = new ArrayList<>();
  private final RegoValue dot;
  private final Map<String, RegoValue> variables;
  private int at;

  TemplateExpression(String text, RegoValue dot, Map<String, RegoValue> variables) {
    this.dot = dot;
    this.variables = variables;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw new BuiltinException("template: unexpected " + text.substring(end));
      }
      if (!matcher.group().isBlank()) {
        tokens.add(matcher.group());
      }
      end = matcher.end();
    }
  }

  /** The value, or null for none: a field that is not there. */
  RegoValue evaluate() {
    RegoValue value = pipeline();
    if (at != tokens.size()) {
      throw new BuiltinException("template: unexpected " + tokens.get(at));
    }
    return value;
  }

  /** A value as a template prints it. */
  static String text(RegoValue value) {
    if (value == null || value instanceof RegoNull) {
      return "<undefined>";
    }
    if (value instanceof RegoString string) {
      return string.value();
    }
    if (value instanceof RegoArray array) {
      List<String> parts = new ArrayList<>();
      array.forEach(element -> parts.add(text(element)));
      return "[" + String.join(" ", parts) + "]";
    }
    if (value instanceof RegoObject object) {
      List<String> parts = new ArrayList<>();
      object.forEach(entry -> parts.add(text(entry.key()) + ":" + text(entry.value())));
      return "map[" + String.join(" ", parts) + "]";
    }
    return value.toString();
  }

  /** Neither false, zero, empty, null nor missing. */
  static boolean isTrue(RegoValue value) {
    if (value == null || value instanceof RegoNull) {
      return false;
    }
    if (value instanceof RegoBoolean bool) {
      return bool.value();
    }
    return value instanceof RegoNumber number
        ? !number.equals(RegoNumber.of(0))
        : value.length() > 0;
  }

  private RegoValue pipeline() {
    RegoValue value = command(null, false);
    while (at < tokens.size() && tokens.get(at).equals("|")) {
      at++;
      value = command(value, true);
    }
    return value;
  }

  private RegoValue command(RegoValue piped, boolean isPiped) {
    if (at >= tokens.size()) {
      throw new BuiltinException("template: missing value for command");
    }
    String first = tokens.get(at);
    boolean isFunction = first.matches("[a-z]+") && !first.matches("true|false|nil");
    if (!isFunction) {
      return operand();
    }
    at++;
    List<RegoValue> arguments = new ArrayList<>();
    while (at < tokens.size() && !tokens.get(at).equals("|") && !tokens.get(at).equals(")")) {
      arguments.add(operand());
    }
    if (isPiped) {
      arguments.add(piped);
    }
    return call(first, arguments);
  }

  private RegoValue operand() {
    String token = tokens.get(at++);
    if (token.equals("(")) {
      RegoValue value = pipeline();
      at++;
      return value;
    }
    if (token.startsWith("$") || token.startsWith(".")) {
      return field(token);
    }
    if (token.startsWith("`")) {
      return RegoString.of(token.substring(1, token.length() - 1));
    }
    if (token.startsWith("\"")) {
      return RegoString.of(
          token.substring(1, token.length() - 1).replace("\\n", "\n").replaceAll("\\\\(.)", "$1"));
    }
    return switch (token) {
      case "true" -> RegoBoolean.TRUE;
      case "false" -> RegoBoolean.FALSE;
      case "nil" -> null;
      default -> number(token);
    };
  }

  private static RegoValue number(String token) {
    try {
      return RegoNumber.parse(token);
    } catch (NumberFormatException e) {
      throw new BuiltinException("template: function \"" + token + "\" not defined");
    }
  }

  private RegoValue field(String token) {
    String[] names = token.split("\\.", -1);
    RegoValue value = token.startsWith("$") ? variables.get(names[0]) : dot;
    if (token.startsWith("$") && value == null) {
      throw new BuiltinException("template: undefined variable \"" + names[0] + "\"");
    }
    for (int i = 1; i < names.length && value != null; i++) {
      if (!names[i].isEmpty()) {
        value = value.get(RegoString.of(names[i]));
      }
    }
    return value;
  }

  private static RegoValue call(String name, List<RegoValue> arguments) {
    RegoValue first = arguments.isEmpty() ? null : arguments.get(0);
    return switch (name) {
      case "len" -> RegoNumber.of(first == null ? 0 : Math.max(0, first.length()));
      case "index" -> index(arguments);
      case "print", "println" -> print(arguments, name.equals("println"));
      case "not" -> RegoBoolean.of(!isTrue(first));
      case "and" -> firstWith(arguments, false);
      case "or" -> firstWith(arguments, true);
      case "eq" ->
          RegoBoolean.of(
              arguments.subList(1, arguments.size()).stream().anyMatch(a -> same(first, a)));
      case "ne" -> RegoBoolean.of(!same(first, second(arguments)));
      case "lt" -> RegoBoolean.of(compare(arguments) < 0);
      case "le" -> RegoBoolean.of(compare(arguments) <= 0);
      case "gt" -> RegoBoolean.of(compare(arguments) > 0);
      case "ge" -> RegoBoolean.of(compare(arguments) >= 0);
      default -> throw new BuiltinException("template: function \"" + name + "\" not defined");
    };
  }

  private static RegoValue second(List<RegoValue> arguments) {
    if (arguments.size() != 2) {
      throw new BuiltinException("template: wrong number of arguments");
    }
    return arguments.get(1);
  }

  private static boolean same(RegoValue a, RegoValue b) {
    return a == null ? b == null : a.equals(b);
  }

  private static int compare(List<RegoValue> arguments) {
    RegoValue b = second(arguments);
    RegoValue a = arguments.get(0);
    if (a == null || b == null || a.type() != b.type()) {
      throw new BuiltinException("template: incompatible types for comparison");
    }
    return a.compareTo(b);
  }

  private static RegoValue firstWith(List<RegoValue> arguments, boolean truth) {
    RegoValue last = null;
    for (RegoValue argument : arguments) {
      last = argument;
      if (isTrue(argument) == truth) {
        break;
      }
    }
    return last;
  }

  private static RegoValue index(List<RegoValue> arguments) {
    RegoValue value = arguments.isEmpty() ? null : arguments.get(0);
    for (int i = 1; i < arguments.size() && value != null; i++) {
      value = arguments.get(i) == null ? null : value.get(arguments.get(i));
    }
    return value;
  }

  private static RegoValue print(List<RegoValue> arguments, boolean line) {
    List<String> texts = new ArrayList<>();
    arguments.forEach(argument -> texts.add(text(argument)));
    return RegoString.of(line ? String.join(" ", texts) + "\n" : String.join("", texts));
  }
}
