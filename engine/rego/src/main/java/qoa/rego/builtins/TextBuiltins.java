package qoa.rego.builtins;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qoa.rego.value.BoundedText;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/** Strings: splitting, joining, replacing, formatting. */
final class TextBuiltins {
  /** Of texts that are compared. */
  private static final int CHARACTERS_PER_STEP = 32;

  private static final int PATTERNS_PER_STEP = 8;

  private TextBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("concat", Cost.OWN, TextBuiltins::concat)
        .add2(
            "split",
            Cost.OWN,
            (c, s, by) -> array(split(c, Operands.string(s, 1), Operands.string(by, 2))))
        .add3("strings.split_n", Cost.OWN, TextBuiltins::splitN)
        .add3("replace", Cost.OWN, TextBuiltins::replace)
        .add2("strings.replace_n", Cost.OWN, TextBuiltins::replaceN)
        .add2("format_int", Cost.OWN, TextBuiltins::formatInt)
        .add2("sprintf", Cost.OWN, TextBuiltins::sprintf);
  }

  private static RegoValue concat(BuiltinContext context, RegoValue join, RegoValue parts) {
    String separator = Operands.string(join, 1);
    if (!(parts.type() == RegoValue.Type.ARRAY || parts.type() == RegoValue.Type.SET)) {
      throw OperandException.type(2, parts, "set", "array");
    }
    Cost.COPIES.charge(context, parts);
    List<String> strings = Operands.strings(parts, 2);
    long length = 0;
    for (String string : strings) {
      length += string.length() + separator.length();
    }
    context.text(Math.max(0, length - separator.length()));
    return RegoString.of(String.join(separator, strings));
  }

  private static RegoArray array(List<String> parts) {
    List<RegoString> strings = new ArrayList<>(parts.size());
    parts.forEach(part -> strings.add(RegoString.of(part)));
    return RegoArray.copyOf(strings);
  }

  /** Between all {@code by}; by code points where {@code by} is empty. */
  private static List<String> split(BuiltinContext context, String text, String by) {
    context.text(text.length());
    List<String> parts = new ArrayList<>();
    if (by.isEmpty()) {
      context.elements(text.length());
      text.codePoints().forEach(c -> parts.add(Character.toString(c)));
      return parts;
    }
    int start = 0;
    Needle needle = new Needle(context, by);
    for (int end = needle.indexIn(text, 0); end >= 0; end = needle.indexIn(text, start)) {
      context.elements(1);
      parts.add(text.substring(start, end));
      start = end + by.length();
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** The first {@code n} parts, or the last {@code -n}. */
  private static RegoValue splitN(
      BuiltinContext context, RegoValue text, RegoValue by, RegoValue count) {
    List<String> parts = split(context, Operands.string(text, 1), Operands.string(by, 2));
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
    long replaced = StringBuiltins.occurrences(context, original, unwanted);
    context.text(original.length() + replaced * (wanted.length() - unwanted.length()));
    if (unwanted.isEmpty()) {
      return RegoString.of(original.replace(unwanted, wanted));
    }
    Needle needle = new Needle(context, unwanted);
    StringBuilder out = new StringBuilder();
    int start = 0;
    for (int at = needle.indexIn(original, 0); at >= 0; at = needle.indexIn(original, start)) {
      out.append(original, start, at).append(wanted);
      start = at + unwanted.length();
    }
    return RegoString.of(out.append(original, start, original.length()).toString());
  }

  private static RegoValue replaceN(BuiltinContext context, RegoValue patterns, RegoValue text) {
    RegoObject object = Operands.object(patterns, 1);
    String original = Operands.string(text, 2);
    Cost.COPIES.charge(context, object);
    Map<String, String> replacements = new LinkedHashMap<>();
    long length = 0;
    for (RegoObject.Entry entry : object) {
      if (!(entry.key() instanceof RegoString from)) {
        throw new OperandException(1, "non-string key found in pattern object");
      }
      if (!(entry.value() instanceof RegoString to)) {
        throw new OperandException(1, "non-string value found in pattern object");
      }
      replacements.put(from.value(), to.value());
      length += from.value().length();
    }
    long each = replacements.size() + length / CHARACTERS_PER_STEP;
    context.charge((1 + (long) original.length()) * each / PATTERNS_PER_STEP);
    return RegoString.of(replaceAll(context, original, replacements));
  }

  /**
   * At each position the first pattern that matches wins; what it matched is not looked at again.
   */
  private static String replaceAll(
      BuiltinContext context, String text, Map<String, String> replacements) {
    BoundedText out = new BoundedText(context);
    boolean afterEmptyMatch = false;
    int i = 0;
    while (i <= text.length()) {
      String matched = matchAt(text, i, replacements, afterEmptyMatch);
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
    return out.toString();
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
    context.charge(2L * number.weight());
    context.text(number.isLong() ? Long.SIZE : number.weight());
    BigInteger integer = number.bigIntegerValue();
    return RegoString.of(integer.toString((int) r));
  }

  private static RegoValue sprintf(BuiltinContext context, RegoValue format, RegoValue values) {
    String text = Operands.string(format, 1);
    RegoArray array = Operands.array(values, 2);
    context.charge(array.size());
    context.reserve(8L * array.size());
    List<Object> arguments = new ArrayList<>(array.size());
    for (RegoValue value : array) {
      arguments.add(argument(context, value));
    }
    return RegoString.of(GoFormat.format(context, text, arguments));
  }

  /** Numbers as Go's own; what is neither number nor string as its Rego text. */
  private static Object argument(BuiltinContext context, RegoValue value) {
    if (value instanceof RegoString string) {
      return string.value();
    }
    if (!(value instanceof RegoNumber number)) {
      return TermText.of(value, context);
    }
    if (number.weight() > 1) {
      context.charge(number.weight());
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
