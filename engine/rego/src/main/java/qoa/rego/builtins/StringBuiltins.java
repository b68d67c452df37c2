package qoa.rego.builtins;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** Strings: searching, cutting, trimming. Positions count code points. */
final class StringBuiltins {
  private static final int FEW = 16;

  /** Of texts that are compared. */
  private static final int CHARACTERS_PER_STEP = 64;

  private StringBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add2("contains", Cost.READS, StringBuiltins::contains)
        .add2("startswith", Cost.READS, test(String::startsWith))
        .add2("endswith", Cost.READS, test(String::endsWith))
        .add1("lower", Cost.COPIES, (c, s) -> mapped(s, Character::toLowerCase))
        .add1("upper", Cost.COPIES, (c, s) -> mapped(s, Character::toUpperCase))
        .add2("indexof", Cost.READS, StringBuiltins::indexOf)
        .add2("indexof_n", Cost.READS, StringBuiltins::allIndexes)
        .add3("substring", Cost.OWN, StringBuiltins::substring)
        .add2("trim", Cost.OWN, (c, s, set) -> trimSet(c, string(s, 1), string(set, 2), true, true))
        .add2(
            "trim_left",
            Cost.OWN,
            (c, s, set) -> trimSet(c, string(s, 1), string(set, 2), true, false))
        .add2(
            "trim_right",
            Cost.OWN,
            (c, s, set) -> trimSet(c, string(s, 1), string(set, 2), false, true))
        .add1(
            "trim_space",
            Cost.COPIES,
            (c, s) -> trim(string(s, 1), StringBuiltins::isSpace, true, true))
        .add2("trim_prefix", Cost.COPIES, StringBuiltins::trimPrefix)
        .add2("trim_suffix", Cost.COPIES, StringBuiltins::trimSuffix)
        .add2("strings.any_prefix_match", Cost.OWN, anyOfAny(String::startsWith))
        .add2("strings.any_suffix_match", Cost.OWN, anyOfAny(String::endsWith))
        .add2("strings.count", Cost.READS, StringBuiltins::count)
        .add1("strings.reverse", Cost.COPIES, (c, s) -> reverse(string(s, 1)));
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

  private static RegoValue contains(BuiltinContext context, RegoValue base, RegoValue search) {
    String text = string(base, 1);
    String wanted = string(search, 2);
    if (wanted.isEmpty()) {
      return RegoBoolean.TRUE;
    }
    Needle.pay(context, text);
    return RegoBoolean.of(new Needle(context, wanted).indexIn(text, 0) >= 0);
  }

  private static Needle needle(BuiltinContext context, RegoValue value) {
    String text = string(value, 2);
    if (text.isEmpty()) {
      throw new BuiltinException("empty search character");
    }
    return new Needle(context, text);
  }

  private static RegoValue indexOf(BuiltinContext context, RegoValue base, RegoValue search) {
    String text = string(base, 1);
    Needle.pay(context, text);
    int index = needle(context, search).indexIn(text, 0);
    return RegoNumber.of(index < 0 ? -1 : text.codePointCount(0, index));
  }

  private static RegoValue allIndexes(BuiltinContext context, RegoValue base, RegoValue search) {
    String text = string(base, 1);
    Needle needle = needle(context, search);
    List<RegoValue> indexes = new ArrayList<>();
    int points = 0;
    int counted = 0;
    Needle.pay(context, text);
    for (int i = needle.indexIn(text, 0); i >= 0; i = needle.indexIn(text, i + 1)) {
      context.elements(1);
      context.charge(needle.length()); // overlapping ones are looked at again
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
    context.text(text.length());
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

  private static RegoValue trimSet(
      BuiltinContext context, String text, String set, boolean left, boolean right) {
    context.text((long) text.length() + set.length());
    if (set.length() <= FEW) {
      return trim(text, c -> set.indexOf(c) >= 0, left, right);
    }
    BitSet members = new BitSet();
    set.codePoints().forEach(members::set);
    return trim(text, members::get, left, right);
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
      Cost.COPIES.charge(c, a);
      Cost.COPIES.charge(c, b);
      List<String> texts = oneOrMore(a, 1);
      List<String> ends = oneOrMore(b, 2);
      c.charge(((long) texts.size() + ends.size()) * 2 + (long) texts.size() * ends.size());
      c.charge((texts.size() * length(ends) + ends.size() * length(texts)) / CHARACTERS_PER_STEP);
      return RegoBoolean.of(
          texts.stream().anyMatch(t -> ends.stream().anyMatch(e -> predicate.test(t, e))));
    };
  }

  private static long length(List<String> texts) {
    long length = 0;
    for (String text : texts) {
      length += text.length();
    }
    return length;
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
    return RegoNumber.of(occurrences(context, text, needle));
  }

  /**
   * How often {@code needle} is in {@code text}, without overlaps; around every character if empty.
   */
  static long occurrences(BuiltinContext context, String text, String needle) {
    Needle.pay(context, text);
    return needle.isEmpty()
        ? text.codePointCount(0, text.length()) + 1L
        : new Needle(context, needle).occurrencesIn(text);
  }

  private static RegoValue reverse(String text) {
    return RegoString.of(new StringBuilder(text).reverse().toString());
  }
}
