package qoa.engine.evaluate.plan.builtins;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qoa.engine.evaluate.plan.value.LimitException;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoNumber;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** Strings: splitting, joining, replacing, formatting. */
final class TextBuiltins {
  private TextBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("concat", TextBuiltins::concat)
        .add2("split", (c, s, by) -> array(split(Operands.string(s, 1), Operands.string(by, 2))))
        .add3("strings.split_n", TextBuiltins::splitN)
        .add3("replace", TextBuiltins::replace)
        .add2("strings.replace_n", TextBuiltins::replaceN)
        .add2("format_int", TextBuiltins::formatInt)
        .add2("sprintf", TextBuiltins::sprintf);
  }

  private static RegoString bounded(BuiltinContext context, CharSequence text) {
    LimitException.requireText(text.length());
    context.charge(text.length() / 4);
    return RegoString.of(text.toString());
  }

  private static RegoValue concat(BuiltinContext context, RegoValue join, RegoValue parts) {
    String separator = Operands.string(join, 1);
    if (!(parts.type() == RegoValue.Type.ARRAY || parts.type() == RegoValue.Type.SET)) {
      throw OperandException.type(2, parts, "set", "array");
    }
    List<String> strings = Operands.strings(parts, 2);
    long length = 0;
    for (String string : strings) {
      length += string.length() + separator.length();
    }
    LimitException.requireText(length - separator.length());
    return bounded(context, String.join(separator, strings));
  }

  private static RegoArray array(List<String> parts) {
    List<RegoString> strings = new ArrayList<>(parts.size());
    parts.forEach(part -> strings.add(RegoString.of(part)));
    return RegoArray.copyOf(strings);
  }

  /** Between all {@code by}; by code points where {@code by} is empty. */
  private static List<String> split(String text, String by) {
    List<String> parts = new ArrayList<>();
    if (by.isEmpty()) {
      text.codePoints().forEach(c -> parts.add(Character.toString(c)));
      return parts;
    }
    int start = 0;
    for (int end = text.indexOf(by); end >= 0; end = text.indexOf(by, start)) {
      parts.add(text.substring(start, end));
      start = end + by.length();
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** The first {@code n} parts, or the last {@code -n}. */
  private static RegoValue splitN(
      BuiltinContext context, RegoValue text, RegoValue by, RegoValue count) {
    List<String> parts = split(Operands.string(text, 1), Operands.string(by, 2));
    long n = Operands.integer(count, 3);
    int size = parts.size();
    return array(
        n >= 0
            ? parts.subList(0, (int) Math.min(n, size))
            : parts.subList((int) Math.max(0, size + n), size));
  }

  private static RegoValue replace(
      BuiltinContext context, RegoValue text, RegoValue from, RegoValue to) {
    String original = Operands.string(text, 1);
    String unwanted = Operands.string(from, 2);
    String wanted = Operands.string(to, 3);
    long replaced = StringBuiltins.occurrences(original, unwanted);
    LimitException.requireText(
        original.length() + replaced * (wanted.length() - unwanted.length()));
    return bounded(context, original.replace(unwanted, wanted));
  }

  private static RegoValue replaceN(BuiltinContext context, RegoValue patterns, RegoValue text) {
    RegoObject object = Operands.object(patterns, 1);
    String original = Operands.string(text, 2);
    Map<String, String> replacements = new LinkedHashMap<>();
    for (RegoObject.Entry entry : object) {
      if (!(entry.key() instanceof RegoString from)) {
        throw new OperandException(1, "non-string key found in pattern object");
      }
      if (!(entry.value() instanceof RegoString to)) {
        throw new OperandException(1, "non-string value found in pattern object");
      }
      replacements.put(from.value(), to.value());
    }
    return bounded(context, replaceAll(original, replacements));
  }

  /**
   * At each position the first pattern that matches wins; what it matched is not looked at again.
   */
  private static CharSequence replaceAll(String text, Map<String, String> replacements) {
    StringBuilder out = new StringBuilder(text.length());
    boolean afterEmptyMatch = false;
    int i = 0;
    while (i <= text.length()) {
      String matched = matchAt(text, i, replacements, afterEmptyMatch);
      LimitException.requireText(out.length());
      afterEmptyMatch = matched != null && matched.isEmpty();
      if (matched != null) {
        out.append(replacements.get(matched));
        i += matched.length();
      }
      if (matched == null) {
        if (i < text.length()) {
          out.append(text.charAt(i));
        }
        i++;
      }
    }
    return out;
  }

  private static String matchAt(
      String text, int position, Map<String, String> replacements, boolean afterEmptyMatch) {
    for (String pattern : replacements.keySet()) {
      if (text.startsWith(pattern, position) && !(pattern.isEmpty() && afterEmptyMatch)) {
        return pattern;
      }
    }
    return null;
  }

  private static RegoValue formatInt(BuiltinContext context, RegoValue value, RegoValue base) {
    RegoNumber number = Operands.number(value, 1);
    RegoNumber radix = Operands.number(base, 2);
    long r = radix.isLong() ? radix.longValue() : 0;
    if (r != 2 && r != 8 && r != 10 && r != 16) {
      throw new OperandException(2, "must be one of {2, 8, 10, 16}");
    }
    BigInteger integer = number.bigIntegerValue();
    return RegoString.of(integer.toString((int) r));
  }

  private static RegoValue sprintf(BuiltinContext context, RegoValue format, RegoValue values) {
    String text = Operands.string(format, 1);
    RegoArray array = Operands.array(values, 2);
    List<Object> arguments = new ArrayList<>(array.size());
    array.forEach(value -> arguments.add(argument(value)));
    return bounded(context, GoFormat.format(text, arguments));
  }

  /** Numbers as Go's own; what is neither number nor string as its Rego text. */
  private static Object argument(RegoValue value) {
    if (value instanceof RegoString string) {
      return string.value();
    }
    if (!(value instanceof RegoNumber number)) {
      return value.toString();
    }
    String text = number.text();
    if (text.indexOf('.') >= 0) {
      double nearest = number.doubleValue();
      return Double.isInfinite(nearest) ? text : (Object) nearest;
    }
    boolean hasExponent = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
    if (hasExponent) {
      return text;
    }
    return number.isLong() ? (Object) number.longValue() : number.bigIntegerValue();
  }
}
