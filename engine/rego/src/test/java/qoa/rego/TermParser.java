package qoa.rego;

import java.util.ArrayList;
import java.util.List;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoNull;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** Reads ground Rego terms: JSON with sets, keys of any type, and trailing commas. */
final class TermParser {
  private final String text;
  private int at;

  private TermParser(String text) {
    this.text = text;
  }

  static RegoValue parse(String text) {
    TermParser parser = new TermParser(text);
    RegoValue value = parser.term();
    parser.skipSpace();
    if (parser.at != text.length()) {
      throw parser.unexpected();
    }
    return value;
  }

  private RegoValue term() {
    skipSpace();
    if (take("null")) {
      return RegoNull.NULL;
    }
    if (take("true")) {
      return RegoBoolean.TRUE;
    }
    if (take("false")) {
      return RegoBoolean.FALSE;
    }
    if (take("set()")) {
      return RegoSet.EMPTY;
    }
    if (take("[")) {
      return RegoArray.copyOf(list(']'));
    }
    if (take("{")) {
      return braces();
    }
    return text.charAt(at) == '"' ? RegoString.of(string()) : number();
  }

  private List<RegoValue> list(char close) {
    List<RegoValue> terms = new ArrayList<>();
    skipSpace();
    while (!take(String.valueOf(close))) {
      terms.add(term());
      skipSpace();
      take(",");
      skipSpace();
    }
    return terms;
  }

  private RegoValue braces() {
    skipSpace();
    if (take("}")) {
      return RegoObject.empty();
    }
    RegoValue first = term();
    skipSpace();
    if (!take(":")) {
      take(",");
      List<RegoValue> members = list('}');
      members.add(first);
      return RegoSet.copyOf(members);
    }
    RegoObject.Builder object = RegoObject.builder().put(first, term());
    skipSpace();
    while (!take("}")) {
      if (!take(",")) {
        throw unexpected();
      }
      skipSpace();
      if (text.charAt(at) != '}') {
        RegoValue key = term();
        skipSpace();
        if (!take(":")) {
          throw unexpected();
        }
        object.put(key, term());
        skipSpace();
      }
    }
    return object.build();
  }

  private String string() {
    StringBuilder out = new StringBuilder();
    at++;
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\') {
        c = text.charAt(at++);
        switch (c) {
          case 'n' -> out.append('\n');
          case 't' -> out.append('\t');
          case 'r' -> out.append('\r');
          case 'b' -> out.append('\b');
          case 'f' -> out.append('\f');
          case 'u' -> {
            out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
            at += 4;
          }
          default -> out.append(c);
        }
      } else {
        out.append(c);
      }
    }
    at++;
    return out.toString();
  }

  private RegoValue number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at == start) {
      throw unexpected();
    }
    return RegoNumber.parse(text.substring(start, at));
  }

  private boolean take(String token) {
    if (text.startsWith(token, at)) {
      at += token.length();
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("unexpected at " + at + " in " + text);
  }
}
