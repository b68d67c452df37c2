package qoa.rego.builtins;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import qoa.rego.value.TermText;

/**
 * Whether two patterns have a string in common that is not empty. A pattern is a sequence of
 * characters, {@code .} for any, and {@code [a-z]} for one of a class, each of which may be
 * followed by {@code +} or {@code *}.
 */
final class GlobIntersection {
  /** One place of a pattern; {@code members} null stands for any character. */
  private record Token(BitSet members, boolean optional, boolean repeated) {
    /** How long it may take to compare it with another. */
    int words() {
      return members == null ? 0 : members.size() / Long.SIZE;
    }

    boolean meets(Token other) {
      return members == null || other.members == null || members.intersects(other.members);
    }
  }

  private static final int WORDS_PER_STEP = 16;

  private final BuiltinContext context;
  private final String pattern;
  private int at;

  private GlobIntersection(BuiltinContext context, String pattern) {
    this.context = context;
    this.pattern = pattern;
  }

  static boolean nonEmpty(BuiltinContext context, String a, String b) {
    context.elements((long) a.length() + b.length());
    List<Token> left = new GlobIntersection(context, a).tokens();
    List<Token> right = new GlobIntersection(context, b).tokens();
    long states = 2 * (left.size() + 1L) * (right.size() + 1L);
    context.charge(states / 8);
    context.reserve(8 * states);
    int width = right.size() + 1;
    // A state is a position in each pattern, and whether a character has been matched.
    BitSet seen = new BitSet();
    Deque<Integer> queue = new ArrayDeque<>();
    visit(0, seen, queue);
    while (!queue.isEmpty()) {
      int state = queue.remove();
      boolean matched = (state & 1) == 1;
      int i = (state >> 1) / width;
      int j = (state >> 1) % width;
      if (i == left.size() && j == right.size()) {
        if (matched) {
          return true;
        }
        continue;
      }
      Token x = i < left.size() ? left.get(i) : null;
      Token y = j < right.size() ? right.get(j) : null;
      if (x != null && x.optional()) {
        visit(state(i + 1, j, width, matched), seen, queue);
      }
      if (y != null && y.optional()) {
        visit(state(i, j + 1, width, matched), seen, queue);
      }
      context.charge(1 + (x == null ? 0 : x.words()) / WORDS_PER_STEP);
      if (x != null && y != null && x.meets(y)) {
        for (int nextI = x.repeated() ? i : i + 1; nextI <= i + 1; nextI++) {
          for (int nextJ = y.repeated() ? j : j + 1; nextJ <= j + 1; nextJ++) {
            visit(state(nextI, nextJ, width, true), seen, queue);
          }
        }
      }
    }
    return false;
  }

  private static int state(int i, int j, int width, boolean matched) {
    return (i * width + j) << 1 | (matched ? 1 : 0);
  }

  private static void visit(int state, BitSet seen, Deque<Integer> queue) {
    if (!seen.get(state)) {
      seen.set(state);
      queue.add(state);
    }
  }

  private List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      BitSet members =
          switch (c) {
            case '.' -> {
              at++;
              yield null;
            }
            case '[' -> characterClass();
            case ']' -> throw invalid("set-close ']' with no preceding '['");
            case '*', '+' -> throw invalid("flag '" + c + "' must be preceded by a non-flag");
            default -> only(character());
          };
      boolean star = pattern.startsWith("*", at);
      boolean plus = pattern.startsWith("+", at);
      at += star || plus ? 1 : 0;
      tokens.add(new Token(members, star, star || plus));
    }
    return tokens;
  }

  private BitSet only(int c) {
    payFor(c);
    BitSet set = new BitSet();
    set.set(c);
    return set;
  }

  /** For a set with a character: it has a bit for each one before it. */
  private void payFor(int c) {
    context.charge(1 + c / Long.SIZE / WORDS_PER_STEP);
    context.reserve(64 + c / Byte.SIZE);
  }

  private int character() {
    if (pattern.charAt(at) == '\\') {
      at++;
      if (at >= pattern.length()) {
        throw invalid("input ends with the escape character");
      }
    }
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private BitSet characterClass() {
    BitSet set = new BitSet();
    at++;
    while (!pattern.startsWith("]", at)) {
      if (at >= pattern.length()) {
        throw invalid("set-open '[' with no following ']'");
      }
      int low = character();
      int high = low;
      boolean range =
          pattern.startsWith("-", at) && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
      if (range) {
        at++;
        high = character();
        if (high < low) {
          throw invalid("the end of a range is before its start");
        }
      }
      payFor(high);
      set.set(low, high + 1);
    }
    at++;
    return set;
  }

  private BuiltinException invalid(String problem) {
    return new BuiltinException(
        "input:"
            + TermText.shown(pattern)
            + ", pos:"
            + (at + 1)
            + ", "
            + problem
            + ": the input provided is invalid");
  }
}
