package qoa.rego.builtins;

import java.net.URI;
import java.net.URISyntaxException;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** {@code uri.*}: RFC 3986 references. */
final class UriBuiltins {
  /** The text, decoded, its parts, and the message for a mistake. */
  private static final long LENGTHENING = 8;

  private UriBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("uri.parse", Cost.OWN, (c, s) -> describe(parse(c, Operands.string(s, 1))))
        .add1("uri.is_valid", Cost.OWN, (c, s) -> RegoBoolean.of(isValid(c, s)));
  }

  private static boolean isValid(BuiltinContext context, RegoValue value) {
    try {
      return value instanceof RegoString text
          && !text.value().isEmpty()
          && parse(context, text.value()) != null;
    } catch (BuiltinException e) {
      return false;
    }
  }

  private static URI parse(BuiltinContext context, String text) {
    context.text(LENGTHENING * text.length());
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new BuiltinException("parse: " + e.getMessage());
    }
  }

  private static RegoObject describe(URI uri) {
    RegoObject.Builder parts = RegoObject.builder();
    put(parts, "scheme", uri.getScheme());
    String host = uri.getHost();
    put(
        parts,
        "hostname",
        host != null && host.startsWith("[") ? host.replaceAll("[\\[\\]]", "") : host);
    put(parts, "port", uri.getPort() < 0 ? null : Integer.toString(uri.getPort()));
    put(parts, "path", uri.getPath());
    put(parts, "raw_path", uri.getRawPath());
    put(parts, "raw_query", uri.getRawQuery());
    put(parts, "fragment", uri.getFragment());
    return parts.build();
  }

  private static void put(RegoObject.Builder parts, String name, String value) {
    if (value != null && !value.isEmpty()) {
      parts.put(name, RegoString.of(value));
    }
  }
}
