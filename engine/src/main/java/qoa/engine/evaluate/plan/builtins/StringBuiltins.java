package qoa.engine.evaluate.plan.builtins;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoNumber;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** Strings: searching, cutting, trimming. Positions count code points. */
final class StringBuiltins {
  private StringBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("contains", test(String::contains))
        .add2("startswith", test(String::startsWith))
        .add2("endswith", test(String::endsWith))
        .add1("lower", (c, s) -> mapped(s, Character::toLowerCase))
        .add1("upper", (c, s) -> mapped(s, Character::toUpperCase))
        .add2("indexof", StringBuiltins::indexOf)
        .add2("indexof_n", StringBuiltins::allIndexes)
        .add3("substring", StringBuiltins::substring)
        .add2("trim", (c, s, set) -> trim(string(s, 1), in(string(set, 2)), true, true))
        .add2("trim_left", (c, s, set) -> trim(string(s, 1), in(string(set, 2)), true, false))
        .add2("trim_right", (c, s, set) -> trim(string(s, 1), in(string(set, 2)), false, true))
        .add1("trim_space", (c, s) -> trim(string(s, 1), StringBuiltins::isSpace, true, true))
        .add2("trim_prefix", StringBuiltins::trimPrefix)
        .add2("trim_suffix", StringBuiltins::trimSuffix)
        .add2("strings.any_prefix_match", anyOfAny(String::startsWith))
        .add2("strings.any_suffix_match", anyOfAny(String::endsWith))
        .add2("strings.count", StringBuiltins::count)
        .add1("strings.reverse", (c, s) -> reverse(string(s, 1)));
  }

  private static String string(RegoValue value, int position) {
    return Operands.string(value, position);
  }

  private static Builtin.Of2 test(BiPredicate<String, String> predicate) {
    return (c, a, b) -> RegoBoolean.of(predicate.test(string(a, 1), string(b, 2)));
  }

  /** Code point by code point, without the special cases that change a string's length. */
  private static RegoValue mapped(RegoValue value, IntUnaryOperator mapping) {
    String text = string(value, 1);
    int[] points = text.codePoints().map(mapping).toArray();
    return RegoString.of(new String(points, 0, points.length));
  }

  private static String needle(RegoValue value) {
    String text = string(value, 2);
    if (text.isEmpty()) {
      throw new BuiltinException("empty search character");
    }
    return text;
  }

  private static RegoValue indexOf(BuiltinContext context, RegoValue base, RegoValue search) {
    String text = string(base, 1);
    int index = text.indexOf(needle(search));
    return RegoNumber.of(index < 0 ? -1 : text.codePointCount(0, index));
  }

  private static RegoValue allIndexes(BuiltinContext context, RegoValue base, RegoValue search) {
    String text = string(base, 1);
    String needle = needle(search);
    List<RegoValue> indexes = new ArrayList<>();
    int points = 0;
    int counted = 0;
    for (int i = text.indexOf(needle); i >= 0; i = text.indexOf(needle, i + 1)) {
      points += text.codePointCount(counted, i);
      counted = i;
      indexes.add(RegoNumber.of(points));
    }
    return RegoArray.copyOf(indexes);
  }

  private static RegoValue substring(
      BuiltinContext context, RegoValue base, RegoValue offset, RegoValue length) {
    String text = string(base, 1);
    long from = Operands.integer(offset, 2);
    long count = Operands.integer(length, 3);
    if (from < 0) {
      throw new BuiltinException("negative offset");
    }
    int points = text.codePointCount(0, text.length());
    if (from >= points) {
      return RegoString.EMPTY;
    }
    int start = text.offsetByCodePoints(0, (int) from);
    boolean toEnd = count < 0 || count >= points - from;
    return RegoString.of(
        toEnd
            ? text.substring(start)
            : text.substring(start, text.offsetByCodePoints(start, (int) count)));
  }

  private static IntPredicate in(String set) {
    return c -> set.indexOf(c) >= 0;
  }

  /** Unicode's white space. */
  static boolean isSpace(int c) {
    return switch (c) {
      case '\t',
          '\n',
          0x0b,
          '\f',
          '\r',
          ' ',
          0x85,
          0xa0,
          0x1680,
          0x2028,
          0x2029,
          0x202f,
          0x205f,
          0x3000 ->
          true;
      default -> c >= 0x2000 && c <= 0x200a;
    };
  }

  private static RegoValue trim(String text, IntPredicate unwanted, boolean left, boolean right) {
    int start = 0;
    int end = text.length();
    while (left && start < end && unwanted.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && unwanted.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return RegoString.of(text.substring(start, end));
  }

  private static RegoValue trimPrefix(BuiltinContext context, RegoValue base, RegoValue prefix) {
    String text = string(base, 1);
    String unwanted = string(prefix, 2);
    return text.startsWith(unwanted) ? RegoString.of(text.substring(unwanted.length())) : base;
  }

  private static RegoValue trimSuffix(BuiltinContext context, RegoValue base, RegoValue suffix) {
    String text = string(base, 1);
    String unwanted = string(suffix, 2);
    return text.endsWith(unwanted)
        ? RegoString.of(text.substring(0, text.length() - unwanted.length()))
        : base;
  }

  private static Builtin.Of2 anyOfAny(BiPredicate<String, String> predicate) {
    return (c, a, b) -> {
      List<String> texts = oneOrMore(a, 1);
      List<String> ends = oneOrMore(b, 2);
      c.charge((long) texts.size() * ends.size());
      return RegoBoolean.of(
          texts.stream().anyMatch(t -> ends.stream().anyMatch(e -> predicate.test(t, e))));
    };
  }

  private static List<String> oneOrMore(RegoValue value, int position) {
    if (value instanceof RegoString text) {
      return List.of(text.value());
    }
    return switch (value.type()) {
      case ARRAY, SET -> Operands.strings(value, position);
      default -> throw OperandException.type(position, value, "string", "set", "array");
    };
  }

  private static RegoValue count(BuiltinContext context, RegoValue base, RegoValue search) {
    String text = string(base, 1);
    String needle = string(search, 2);
    return RegoNumber.of(occurrences(text, needle));
  }

  /**
   * How often {@code needle} is in {@code text}, without overlaps; around every character if empty.
   */
  static long occurrences(String text, String needle) {
    if (needle.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1L;
    }
    long found = 0;
    for (int i = text.indexOf(needle); i >= 0; i = text.indexOf(needle, i + needle.length())) {
      found++;
    }
    return found;
  }

  private static RegoValue reverse(String text) {
    return RegoString.of(new StringBuilder(text).reverse().toString());
  }
}
