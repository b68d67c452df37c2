package qoa.rego.builtins;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Compiles patterns, and matches them, each paid for by the evaluation. */
final class Patterns {
  /** A pattern, and how many instructions it has at most. */
  record Compiled(Pattern pattern, int size) {

    /**
     * A matcher of a text; looking at a character takes as many steps as the pattern may take then.
     */
    Matcher matcher(BuiltinContext context, String text) {
      context.charge(1);
      context.reserve((long) size * THREAD_BYTES);
      return pattern.matcher(new MeteredText(context, text, 1 + size / 2));
    }

    /** Takes what the places of all groups cost, before they are asked for. */
    void payGroups(BuiltinContext context) {
      long groups = pattern.groupCount();
      context.charge(groups * size / INSTRUCTIONS_PER_STEP);
      context.reserve(groups * size * GROUP_BYTES);
    }
  }

  private static final int INSTRUCTIONS_PER_STEP = 8;

  private static final int THREAD_BYTES = 8;

  /** Two places, in each thread of a match. */
  private static final int GROUP_BYTES = 8;

  private static final Recipe<String, Compiled> REGEX =
      new Recipe<>() {
        @Override
        public Price price(String regex) {
          return PatternPrice.of(regex);
        }

        @Override
        public Compiled make(String regex) {
          return compile(regex, 0);
        }
      };

  private Patterns() {}

  /**
   * A regular expression, compiled.
   *
   * @throws BuiltinException where it is none
   */
  static Compiled regex(BuiltinContext context, String regex) {
    context.charge(regex.length() / 4);
    return context.made(Compiled.class, regex, REGEX);
  }

  /**
   * Compiles; for recipes, which were paid.
   *
   * @param flags of {@link Pattern}
   */
  static Compiled compile(String regex, int flags) {
    try {
      return new Compiled(Pattern.compile(regex, flags), PatternPrice.size(regex));
    } catch (PatternSyntaxException e) {
      throw new BuiltinException("error parsing regexp: " + e.getMessage());
    }
  }
}
