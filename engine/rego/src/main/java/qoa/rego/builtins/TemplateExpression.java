package qoa.rego.builtins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import qoa.rego.budget.LimitException;
import qoa.rego.value.BoundedText;
import qoa.rego.value.Costs;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/**
 * A pipeline of a text template: operands, calls of {@code len}, {@code index}, {@code print},
 * comparisons, {@code and}, {@code or} and {@code not}, parentheses, and {@code |}.
 */
final class TemplateExpression {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|[()|]|-?\\d+(?:\\.\\d+)?|\\$?\\w*(?:\\.\\w+)+|\\$\\w*|\\.|\\w+");

  /** Longer ones would be matched, and parsed, by too many calls. */
  private static final int MAX_LENGTH = 1_000;

  private final BuiltinContext context;
  private final List<String> tokens = new ArrayList<>();
  private final RegoValue dot;
  private final Map<String, RegoValue> variables;
  private int at;

  TemplateExpression(
      BuiltinContext context, String text, RegoValue dot, Map<String, RegoValue> variables) {
    if (text.length() > MAX_LENGTH) {
      throw new LimitException("an action of a template above " + MAX_LENGTH + " characters");
    }
    this.context = context;
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

  /** Appends a value as a template prints it. */
  static void write(RegoValue value, BoundedText out) {
    out.budget().charge(1);
    if (value == null || value instanceof RegoNull) {
      out.append("<undefined>");
    } else if (value instanceof RegoString string) {
      out.append(string.value());
    } else if (value instanceof RegoArray array) {
      out.append('[');
      for (int i = 0; i < array.size(); i++) {
        out.append(i == 0 ? "" : " ");
        write(array.get(i), out);
      }
      out.append(']');
    } else if (value instanceof RegoObject object) {
      Costs.order(out.budget(), object);
      out.append("map[");
      String separator = "";
      for (RegoObject.Entry entry : object) {
        out.append(separator);
        write(entry.key(), out);
        out.append(':');
        write(entry.value(), out);
        separator = " ";
      }
      out.append(']');
    } else {
      out.append(TermText.of(value, out.budget()));
    }
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

  private RegoValue call(String name, List<RegoValue> arguments) {
    RegoValue first = arguments.isEmpty() ? null : arguments.get(0);
    return switch (name) {
      case "len" -> length(first);
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

  private RegoValue length(RegoValue value) {
    if (value instanceof RegoString) {
      context.charge(value.weight());
    }
    return RegoNumber.of(value == null ? 0 : Math.max(0, value.length()));
  }

  private static RegoValue second(List<RegoValue> arguments) {
    if (arguments.size() != 2) {
      throw new BuiltinException("template: wrong number of arguments");
    }
    return arguments.get(1);
  }

  private boolean same(RegoValue a, RegoValue b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    Costs.comparison(context, a, b);
    return a.equals(b);
  }

  private int compare(List<RegoValue> arguments) {
    RegoValue b = second(arguments);
    RegoValue a = arguments.get(0);
    if (a == null || b == null || a.type() != b.type()) {
      throw new BuiltinException("template: incompatible types for comparison");
    }
    Costs.comparison(context, a, b);
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

  private RegoValue index(List<RegoValue> arguments) {
    RegoValue value = arguments.isEmpty() ? null : arguments.get(0);
    for (int i = 1; i < arguments.size() && value != null; i++) {
      RegoValue key = arguments.get(i);
      if (key != null) {
        Costs.key(context, key);
      }
      value = key == null ? null : value.get(key);
    }
    return value;
  }

  private RegoValue print(List<RegoValue> arguments, boolean line) {
    BoundedText text = new BoundedText(context);
    for (int i = 0; i < arguments.size(); i++) {
      text.append(line && i > 0 ? " " : "");
      write(arguments.get(i), text);
    }
    return RegoString.of(text.append(line ? "\n" : "").toString());
  }
}
