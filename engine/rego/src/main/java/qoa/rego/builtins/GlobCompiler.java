package qoa.rego.builtins;

import com.google.re2j.Pattern;
import java.util.List;
import qoa.rego.value.TermText;

/**
 * Translates globs: {@code *} is anything but a delimiter, {@code **} anything, {@code ?} a
 * character that is no delimiter, {@code [a-z]} and {@code [!a-z]} one of or none of a class,
 * {@code {a,b}} either pattern, {@code \} takes the next character as it is.
 */
final class GlobCompiler {
  private final String glob;
  private final String notDelimiter;
  private final StringBuilder regex = new StringBuilder();
  private int at;
  private int depth;

  private GlobCompiler(String glob, List<String> delimiters) {
    this.glob = glob;
    StringBuilder excluded = new StringBuilder();
    delimiters.forEach(d -> excluded.append(inClass(d)));
    this.notDelimiter = excluded.length() == 0 ? "." : "[^" + excluded + "]";
  }

  /** A regular expression that matches the whole of what {@code glob} matches. */
  static String regex(String glob, List<String> delimiters) {
    GlobCompiler compiler = new GlobCompiler(glob, delimiters);
    compiler.compile();
    return compiler.regex.toString();
  }

  private void compile() {
    while (at < glob.length()) {
      int c = glob.codePointAt(at);
      at += Character.charCount(c);
      switch (c) {
        case '*' -> star();
        case '?' -> regex.append(notDelimiter);
        case '[' -> characters();
        case '{' -> {
          depth++;
          regex.append("(?:");
        }
        case '}' -> {
          regex.append(depth > 0 ? ")" : "\\}");
          depth = Math.max(0, depth - 1);
        }
        case ',' -> regex.append(depth > 0 ? "|" : ",");
        case '\\' -> escaped();
        default -> regex.append(Pattern.quote(Character.toString(c)));
      }
    }
    if (depth > 0) {
      throw new BuiltinException("{ without } in glob " + TermText.shown(glob));
    }
  }

  private void star() {
    boolean any = glob.startsWith("*", at);
    while (glob.startsWith("*", at)) {
      at++;
    }
    regex.append(any ? ".*" : notDelimiter + "*");
  }

  private void escaped() {
    if (at >= glob.length()) {
      throw new BuiltinException("\\ at the end of glob " + glob);
    }
    int c = glob.codePointAt(at);
    at += Character.charCount(c);
    regex.append(Pattern.quote(Character.toString(c)));
  }

  /** A list like {@code abc}, or a range like {@code a-z}. */
  private void characters() {
    int close = glob.indexOf(']', at);
    if (close < 0) {
      throw new BuiltinException("[ without ] in glob " + TermText.shown(glob));
    }
    boolean not = glob.startsWith("!", at);
    String members = glob.substring(not ? at + 1 : at, close);
    if (members.isEmpty()) {
      throw new BuiltinException("empty [] in glob " + TermText.shown(glob));
    }
    boolean range = members.codePointCount(0, members.length()) == 3 && isRange(members);
    String inner =
        range
            ? inClass(Character.toString(members.codePointAt(0)))
                + "-"
                + inClass(Character.toString(members.codePointBefore(members.length())))
            : inClass(members);
    regex.append(not ? "[^" : "[").append(inner).append(']');
    at = close + 1;
  }

  private static boolean isRange(String members) {
    return members.codePointAt(members.offsetByCodePoints(0, 1)) == '-';
  }

  private static String inClass(String characters) {
    return characters.replaceAll("([\\\\\\[\\]^&~-])", "\\\\$1");
  }
}
