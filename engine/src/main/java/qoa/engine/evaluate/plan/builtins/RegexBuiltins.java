package qoa.engine.evaluate.plan.builtins;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** {@code regex.*}, with RE2's syntax and its linear time. */
final class RegexBuiltins {
  private RegexBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("regex.is_valid", (c, p) -> RegoBoolean.of(isValid(c, p)))
        .add2("regex.match", RegexBuiltins::match)
        .add2("re_match", RegexBuiltins::match)
        .add2("regex.split", RegexBuiltins::split)
        .add3("regex.find_n", RegexBuiltins::find)
        .add3("regex.find_all_string_submatch_n", RegexBuiltins::findGroups)
        .add3("regex.replace", RegexBuiltins::replace)
        .add4("regex.template_match", RegexBuiltins::matchTemplate)
        .add2("regex.globs_match", RegexBuiltins::globsMatch);
  }

  private static Pattern pattern(BuiltinContext context, String regex) {
    try {
      return context.cached(Pattern.class, regex, Pattern::compile);
    } catch (PatternSyntaxException e) {
      throw new BuiltinException("error parsing regexp: " + e.getMessage());
    }
  }

  private static Matcher matcher(BuiltinContext context, Pattern pattern, String text) {
    context.charge(text.length() / 16);
    return pattern.matcher(text);
  }

  private static boolean isValid(BuiltinContext context, RegoValue regex) {
    try {
      return regex instanceof RegoString text && pattern(context, text.value()) != null;
    } catch (BuiltinException e) {
      return false;
    }
  }

  private static RegoValue match(BuiltinContext context, RegoValue regex, RegoValue value) {
    String source = Operands.string(regex, 1);
    String text = Operands.string(value, 2);
    return RegoBoolean.of(matcher(context, pattern(context, source), text).find());
  }

  private static RegoValue split(BuiltinContext context, RegoValue regex, RegoValue value) {
    String source = Operands.string(regex, 1);
    String text = Operands.string(value, 2);
    List<RegoValue> parts = new ArrayList<>();
    if (text.isEmpty() && !source.isEmpty()) {
      return RegoArray.of(RegoString.EMPTY);
    }
    int start = 0;
    int end = 0;
    for (int[] match : matches(matcher(context, pattern(context, source), text), -1)) {
      end = match[0];
      if (match[1] != 0) {
        parts.add(RegoString.of(text.substring(start, end)));
      }
      start = match[1];
    }
    if (end != text.length()) {
      parts.add(RegoString.of(text.substring(start)));
    }
    return RegoArray.copyOf(parts);
  }

  /** The matches that Go finds: none that is empty and adjoins the one before it. */
  private static List<int[]> matches(Matcher matcher, long limit) {
    List<int[]> found = new ArrayList<>();
    int previousEnd = -1;
    while (matcher.find() && (limit < 0 || found.size() < limit)) {
      boolean emptyAfterMatch = matcher.start() == matcher.end() && matcher.start() == previousEnd;
      if (!emptyAfterMatch) {
        int[] groups = new int[2 * (matcher.groupCount() + 1)];
        for (int i = 0; i <= matcher.groupCount(); i++) {
          groups[2 * i] = matcher.start(i);
          groups[2 * i + 1] = matcher.end(i);
        }
        found.add(groups);
      }
      previousEnd = matcher.end();
    }
    return found;
  }

  private static RegoString group(String text, int[] groups, int i) {
    int start = groups[2 * i];
    return start < 0 ? RegoString.EMPTY : RegoString.of(text.substring(start, groups[2 * i + 1]));
  }

  private static RegoValue find(
      BuiltinContext context, RegoValue regex, RegoValue value, RegoValue count) {
    String source = Operands.string(regex, 1);
    String text = Operands.string(value, 2);
    long limit = Operands.integer(count, 3);
    Matcher matcher = matcher(context, pattern(context, source), text);
    List<RegoValue> found = new ArrayList<>();
    matches(matcher, limit).forEach(groups -> found.add(group(text, groups, 0)));
    return RegoArray.copyOf(found);
  }

  private static RegoValue findGroups(
      BuiltinContext context, RegoValue regex, RegoValue value, RegoValue count) {
    String source = Operands.string(regex, 1);
    String text = Operands.string(value, 2);
    long limit = Operands.integer(count, 3);
    Matcher matcher = matcher(context, pattern(context, source), text);
    List<RegoValue> found = new ArrayList<>();
    for (int[] groups : matches(matcher, limit)) {
      List<RegoValue> all = new ArrayList<>();
      for (int i = 0; i < groups.length / 2; i++) {
        all.add(group(text, groups, i));
      }
      found.add(RegoArray.copyOf(all));
    }
    return RegoArray.copyOf(found);
  }

  private static RegoValue replace(
      BuiltinContext context, RegoValue value, RegoValue regex, RegoValue replacement) {
    String text = Operands.string(value, 1);
    String source = Operands.string(regex, 2);
    String template = Operands.string(replacement, 3);
    Pattern pattern = pattern(context, source);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (int[] groups : matches(matcher(context, pattern, text), -1)) {
      out.append(text, copied, groups[0]);
      GoTemplate.expand(template, text, groups, pattern.namedGroups(), out);
      context.charge(1 + template.length() / 16);
      copied = groups[1];
    }
    return RegoString.of(out.append(text, copied, text.length()).toString());
  }

  private static RegoValue matchTemplate(
      BuiltinContext context,
      RegoValue template,
      RegoValue value,
      RegoValue open,
      RegoValue close) {
    String source = Operands.string(template, 1);
    String text = Operands.string(value, 2);
    String start = Operands.string(open, 3);
    String end = Operands.string(close, 4);
    if (start.length() != 1 || end.length() != 1) {
      throw new BuiltinException("delimiters have to be exactly one character long");
    }
    String regex = templateRegex(source, start.charAt(0), end.charAt(0));
    return RegoBoolean.of(matcher(context, pattern(context, regex), text).find());
  }

  /** The text as it is, but for what stands between the delimiters, which is a pattern. */
  private static String templateRegex(String template, char open, char close) {
    StringBuilder regex = new StringBuilder("^");
    int level = 0;
    int start = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == open && ++level == 1) {
        regex.append(Pattern.quote(template.substring(start, i)));
        start = i + 1;
      } else if (c == close && c != open && --level == 0) {
        regex.append('(').append(template, start, i).append(')');
        start = i + 1;
      }
      if (level < 0) {
        break;
      }
    }
    if (level != 0) {
      throw new BuiltinException("unbalanced braces in \"" + template + "\"");
    }
    return regex.append(Pattern.quote(template.substring(start))).append('$').toString();
  }

  private static RegoValue globsMatch(BuiltinContext context, RegoValue a, RegoValue b) {
    return RegoBoolean.of(
        GlobIntersection.nonEmpty(context, Operands.string(a, 1), Operands.string(b, 2)));
  }
}
