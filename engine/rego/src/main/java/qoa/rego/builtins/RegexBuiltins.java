package qoa.rego.builtins;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import qoa.rego.value.BoundedText;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;
import qoa.rego.value.TermText;

/** {@code regex.*}, with RE2's syntax and its linear time. */
final class RegexBuiltins {
  private RegexBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("regex.is_valid", Cost.OWN, (c, p) -> RegoBoolean.of(isValid(c, p)))
        .add2("regex.match", Cost.OWN, RegexBuiltins::match)
        .add2("re_match", Cost.OWN, RegexBuiltins::match)
        .add2("regex.split", Cost.OWN, RegexBuiltins::split)
        .add3("regex.find_n", Cost.OWN, RegexBuiltins::find)
        .add3("regex.find_all_string_submatch_n", Cost.OWN, RegexBuiltins::findGroups)
        .add3("regex.replace", Cost.OWN, RegexBuiltins::replace)
        .add4("regex.template_match", Cost.OWN, RegexBuiltins::matchTemplate)
        .add2("regex.globs_match", Cost.OWN, RegexBuiltins::globsMatch);
  }

  private static boolean isValid(BuiltinContext context, RegoValue regex) {
    try {
      return regex instanceof RegoString text && Patterns.regex(context, text.value()) != null;
    } catch (BuiltinException e) {
      return false;
    }
  }

  private static RegoValue match(BuiltinContext context, RegoValue regex, RegoValue value) {
    String source = Operands.string(regex, 1);
    String text = Operands.string(value, 2);
    return RegoBoolean.of(Patterns.regex(context, source).matcher(context, text).find());
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
    for (int[] match : matches(context, Patterns.regex(context, source), text, -1, false)) {
      context.elements(1);
      context.text(match[0] - start);
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

  /**
   * The matches that Go finds: none that is empty and adjoins the one before it.
   *
   * @param limit how many at most; all where it is negative
   * @param all whether the places of all groups are wanted, or that of the match alone
   */
  private static List<int[]> matches(
      BuiltinContext context, Patterns.Compiled pattern, String text, long limit, boolean all) {
    List<int[]> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(context, text);
    int last = all ? matcher.groupCount() : 0;
    int previousEnd = -1;
    while (matcher.find() && (limit < 0 || found.size() < limit)) {
      boolean emptyAfterMatch = matcher.start() == matcher.end() && matcher.start() == previousEnd;
      if (!emptyAfterMatch) {
        if (last > 0) {
          pattern.payGroups(context);
        }
        context.elements(1);
        context.reserve(8L * last);
        int[] groups = new int[2 * (last + 1)];
        for (int i = 0; i <= last; i++) {
          groups[2 * i] = matcher.start(i);
          groups[2 * i + 1] = matcher.end(i);
        }
        found.add(groups);
      }
      previousEnd = matcher.end();
    }
    return found;
  }

  private static RegoString group(BuiltinContext context, String text, int[] groups, int i) {
    int start = groups[2 * i];
    if (start < 0) {
      return RegoString.EMPTY;
    }
    context.text(groups[2 * i + 1] - start);
    return RegoString.of(text.substring(start, groups[2 * i + 1]));
  }

  private static RegoValue find(
      BuiltinContext context, RegoValue regex, RegoValue value, RegoValue count) {
    String source = Operands.string(regex, 1);
    String text = Operands.string(value, 2);
    long limit = Operands.integer(count, 3);
    List<RegoValue> found = new ArrayList<>();
    for (int[] groups : matches(context, Patterns.regex(context, source), text, limit, false)) {
      found.add(group(context, text, groups, 0));
    }
    return RegoArray.copyOf(found);
  }

  private static RegoValue findGroups(
      BuiltinContext context, RegoValue regex, RegoValue value, RegoValue count) {
    String source = Operands.string(regex, 1);
    String text = Operands.string(value, 2);
    long limit = Operands.integer(count, 3);
    List<RegoValue> found = new ArrayList<>();
    for (int[] groups : matches(context, Patterns.regex(context, source), text, limit, true)) {
      context.elements(groups.length / 2);
      List<RegoValue> all = new ArrayList<>();
      for (int i = 0; i < groups.length / 2; i++) {
        all.add(group(context, text, groups, i));
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
    Patterns.Compiled compiled = Patterns.regex(context, source);
    boolean wantsGroups = template.indexOf('$') >= 0;
    Map<String, Integer> names = compiled.pattern().namedGroups();
    BoundedText out = new BoundedText(context);
    int copied = 0;
    for (int[] groups : matches(context, compiled, text, -1, wantsGroups)) {
      out.append(text, copied, groups[0]);
      context.charge(1 + template.length());
      GoTemplate.expand(template, text, groups, names, out);
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
    context.text(4L * source.length());
    String regex = templateRegex(source, start.charAt(0), end.charAt(0));
    return RegoBoolean.of(Patterns.regex(context, regex).matcher(context, text).find());
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
      throw new BuiltinException("unbalanced braces in \"" + TermText.shown(template) + "\"");
    }
    return regex.append(Pattern.quote(template.substring(start))).append('$').toString();
  }

  private static RegoValue globsMatch(BuiltinContext context, RegoValue a, RegoValue b) {
    return RegoBoolean.of(
        GlobIntersection.nonEmpty(context, Operands.string(a, 1), Operands.string(b, 2)));
  }
}
