package qoa.rego.builtins;

import qoa.rego.budget.LimitException;

/**
 * What compiling a regular expression costs, found from its text: a program's size is multiplied by
 * repetitions, and grows without bound. Refuses what Go refuses for its size, which RE2/J does not:
 * repetitions of repetitions above 1,000, and groups nested more than 1,000 deep. Mistakes in the
 * syntax are left to the compiler.
 */
final class PatternPrice {
  /** Go's limit on how often an expression is repeated, by all repetitions around it. */
  private static final int MAX_REPEAT = 1_000;

  /** Go's limit on how deep groups are nested. */
  private static final int MAX_DEPTH = 1_000;

  /**
   * Instructions of a program. Go takes more; but RE2/J follows those that match nothing by calling
   * itself.
   */
  private static final int MAX_SIZE = 5_000;

  private static final int INSTRUCTION_STEPS = 8;

  /** An instruction, its place in the queues and a thread of the matcher. */
  private static final int INSTRUCTION_BYTES = 256;

  /** The ranges of a class of Unicode, such as {@code \pL}. */
  private static final int CLASS_STEPS = 2_000;

  private static final int CLASS_BYTES = 16 * 1024;

  /**
   * Where case does not matter, each character of a range is looked up; above this there is none.
   */
  private static final int MAX_FOLD = 0x1e943;

  private final String pattern;
  private final boolean folds;
  private int at;
  private int depth;
  private long steps;
  private long bytes;

  /** An expression's instructions, and the largest product of repetitions in it. */
  private record Size(long instructions, long repeats) {
    static final Size NONE = new Size(0, 1);

    Size and(Size next) {
      return new Size(
          Math.min(MAX_SIZE * 1_000L, instructions + next.instructions),
          Math.max(repeats, next.repeats));
    }
  }

  private PatternPrice(String pattern) {
    this.pattern = pattern;
    this.folds = pattern.contains("(?");
  }

  /**
   * The price.
   *
   * @throws BuiltinException where Go refuses it
   * @throws LimitException where the program has too many instructions
   */
  static Price of(String pattern) {
    return new PatternPrice(pattern).price();
  }

  /** How many instructions the program has at most. */
  static int size(String pattern) {
    return (int) new PatternPrice(pattern).all().instructions;
  }

  private Price price() {
    Size size = all();
    return new Price(
        steps + pattern.length() + INSTRUCTION_STEPS * size.instructions,
        bytes + 16L * pattern.length() + INSTRUCTION_BYTES * size.instructions);
  }

  private Size all() {
    Size size = new Size(4, 1);
    while (at < pattern.length()) {
      size = size.and(alternatives()).and(new Size(1, 1));
      at++; // a parenthesis too many: the compiler says so
    }
    if (size.instructions > MAX_SIZE) {
      throw new LimitException("a pattern of more than " + MAX_SIZE + " instructions");
    }
    return size;
  }

  /** Up to the end, or the parenthesis that closes. */
  private Size alternatives() {
    Size size = Size.NONE;
    while (at < pattern.length() && pattern.charAt(at) != ')') {
      if (pattern.charAt(at) == '|') {
        at++;
        size = size.and(new Size(2, 1));
      } else {
        size = size.and(repeated(one()));
      }
    }
    return size;
  }

  private Size one() {
    char c = pattern.charAt(at++);
    return switch (c) {
      case '(' -> group();
      case '[' -> characterClass();
      case '\\' -> escape();
      default -> new Size(1, 1);
    };
  }

  private Size group() {
    if (++depth > MAX_DEPTH) {
      throw new BuiltinException("error parsing regexp: expression nests too deeply");
    }
    if (pattern.startsWith("?", at)) {
      while (at < pattern.length() && ":>)".indexOf(pattern.charAt(at)) < 0) {
        at++;
      }
      if (at < pattern.length() && pattern.charAt(at) != ')') {
        at++;
      }
    }
    Size size = alternatives().and(new Size(3, 1));
    at++;
    depth--;
    return size;
  }

  private Size escape() {
    if (pattern.startsWith("Q", at)) {
      int end = pattern.indexOf("\\E", at);
      int length = (end < 0 ? pattern.length() : end) - at - 1;
      at = end < 0 ? pattern.length() : end + 2;
      return new Size(Math.max(1, length), 1);
    }
    character();
    return new Size(1, 1);
  }

  /**
   * Reads what stands for one character, or a class, after its backslash; gives the character, or
   * -1 where it is not known.
   */
  private int character() {
    if (at >= pattern.length()) {
      return -1;
    }
    char c = pattern.charAt(at++);
    if (c == 'p' || c == 'P') {
      steps += CLASS_STEPS;
      bytes += CLASS_BYTES;
      if (pattern.startsWith("{", at)) {
        at = Math.max(at, pattern.indexOf('}', at)) + 1;
      } else {
        at++;
      }
      return -1;
    }
    if (c == 'x' && pattern.startsWith("{", at)) {
      int end = pattern.indexOf('}', at);
      String digits = end < 0 ? "" : pattern.substring(at + 1, end);
      at = end < 0 ? pattern.length() : end + 1;
      return digits.matches("[0-9A-Fa-f]{1,6}") ? Integer.parseInt(digits, 16) : -1;
    }
    return Character.isLetterOrDigit(c) ? -1 : c;
  }

  private Size characterClass() {
    bytes += 64;
    boolean first = true;
    if (pattern.startsWith("^", at)) {
      at++;
    }
    while (at < pattern.length() && (first || pattern.charAt(at) != ']')) {
      first = false;
      if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
        at = pattern.indexOf(":]", at) + 2;
        steps += 16;
        continue;
      }
      int low = member();
      boolean isRange =
          pattern.startsWith("-", at) && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
      if (isRange) {
        at++;
        range(low, member());
      }
      steps += 4;
      bytes += 32;
    }
    at++;
    return new Size(1, 1);
  }

  private int member() {
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c == '\\' ? character() : c;
  }

  private void range(int low, int high) {
    if (folds) {
      int last = high < 0 ? MAX_FOLD : Math.min(high, MAX_FOLD);
      steps += Math.max(0, last - Math.max(low, 0)) + 1L;
    }
  }

  private Size repeated(Size once) {
    Size size = once;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '*' || c == '+' || c == '?') {
        at++;
        size = size.and(new Size(1, 1));
      } else if (c == '{') {
        Size times = times(size);
        if (times == null) {
          return size;
        }
        size = times;
      } else {
        return size;
      }
    }
    return size;
  }

  /** What stands in braces, such as {@code {2,5}}; null where that is no repetition. */
  private Size times(Size once) {
    int end = pattern.indexOf('}', at);
    String inside = end < 0 ? "" : pattern.substring(at + 1, Math.min(end, at + 32));
    if (!inside.matches("\\d{1,9}(,\\d{0,9})?")) {
      return null;
    }
    int comma = inside.indexOf(',');
    int min = Integer.parseInt(comma < 0 ? inside : inside.substring(0, comma));
    boolean isOpen = comma == inside.length() - 1;
    int max = comma < 0 || isOpen ? min : Integer.parseInt(inside.substring(comma + 1));
    String text = pattern.substring(at, end + 1);
    at = end + 1;
    // As Go counts: the largest number, or the smallest where there is no largest; 0 for one.
    long repeats = once.repeats * Math.max(1, max);
    boolean isProduct = min >= 2 || max >= 2;
    if (max > MAX_REPEAT || min > MAX_REPEAT || (isProduct && repeats > MAX_REPEAT)) {
      throw new BuiltinException("error parsing regexp: invalid repeat count: `" + text + "`");
    }
    long copies = Math.max(1L, Math.max(min, max)) + (isOpen ? 1 : 0);
    return new Size(copies * (once.instructions + 1), repeats);
  }
}
