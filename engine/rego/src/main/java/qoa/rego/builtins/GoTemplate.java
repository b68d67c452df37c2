package qoa.rego.builtins;

import java.util.Map;
import qoa.rego.value.BoundedText;

/** Replacement texts of Go's regular expressions: {@code $1}, {@code ${name}}, {@code $$}. */
final class GoTemplate {
  private GoTemplate() {}

  /**
   * Appends {@code template} with its references replaced.
   *
   * @param groups the start and end of each group in {@code text}, or -1
   * @param names the groups that have a name
   */
  static void expand(
      String template, String text, int[] groups, Map<String, Integer> names, BoundedText out) {
    int at = 0;
    while (at < template.length()) {
      int dollar = template.indexOf('$', at);
      if (dollar < 0) {
        break;
      }
      out.append(template, at, dollar);
      at = dollar + 1;
      if (template.startsWith("$", at)) {
        out.append('$');
        at++;
        continue;
      }
      boolean braced = template.startsWith("{", at);
      int start = braced ? at + 1 : at;
      int end = start;
      while (end < template.length() && isNamePart(template.codePointAt(end))) {
        end += Character.charCount(template.codePointAt(end));
      }
      if (end == start || (braced && !template.startsWith("}", end))) {
        out.append('$');
        continue;
      }
      append(template.substring(start, end), text, groups, names, out);
      at = braced ? end + 1 : end;
    }
    out.append(template, at, template.length());
  }

  private static boolean isNamePart(int c) {
    return c == '_' || Character.isLetter(c) || Character.isDigit(c);
  }

  private static void append(
      String name, String text, int[] groups, Map<String, Integer> names, BoundedText out) {
    int group = name.matches("[0-9]{1,8}") ? Integer.parseInt(name) : names.getOrDefault(name, -1);
    if (group >= 0 && 2 * group < groups.length && groups[2 * group] >= 0) {
      out.append(text, groups[2 * group], groups[2 * group + 1]);
    }
  }
}
