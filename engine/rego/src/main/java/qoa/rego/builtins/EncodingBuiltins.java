package qoa.rego.builtins;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import qoa.rego.value.BoundedText;
import qoa.rego.value.JsonText;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoBoolean;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/** Base64, hexadecimal digits, and URL queries. */
final class EncodingBuiltins {
  private static final long LENGTHENING = 9;

  private EncodingBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("base64.encode", Cost.OWN, text(s -> Base64.getEncoder().encodeToString(bytes(s))))
        .add1("base64.decode", Cost.OWN, text(EncodingBuiltins::base64))
        .add1("base64.is_valid", Cost.OWN, (c, s) -> RegoBoolean.of(isBase64(c, s)))
        .add1(
            "base64url.encode",
            Cost.OWN,
            text(s -> Base64.getUrlEncoder().encodeToString(bytes(s))))
        .add1(
            "base64url.encode_no_pad",
            Cost.OWN,
            text(s -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(s))))
        .add1("base64url.decode", Cost.OWN, text(EncodingBuiltins::base64Url))
        .add1("hex.encode", Cost.OWN, text(s -> HexFormat.of().formatHex(bytes(s))))
        .add1("hex.decode", Cost.OWN, text(s -> string(HexFormat.of().parseHex(s))))
        .add1("urlquery.encode", Cost.OWN, text(EncodingBuiltins::escape))
        .add1("urlquery.decode", Cost.OWN, text(EncodingBuiltins::unescape))
        .add1("urlquery.encode_object", Cost.OWN, (c, o) -> encodeObject(c, Operands.object(o, 1)))
        .add1("urlquery.decode_object", Cost.OWN, (c, s) -> decodeObject(c, Operands.string(s, 1)));
  }

  /** A function of strings. If it rejects its argument, the builtin fails. */
  private static Builtin.Of1 text(Function<String, String> function) {
    return (c, a) -> {
      String text = Operands.string(a, 1);
      pay(c, text);
      try {
        return RegoString.of(function.apply(text));
      } catch (IllegalArgumentException e) {
        throw new BuiltinException(e.getMessage());
      }
    };
  }

  /** For the text in another form, and for its bytes: nine for a character at most. */
  private static void pay(BuiltinContext context, String text) {
    context.text(LENGTHENING * text.length());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Padding must be there; line ends may be anywhere. */
  private static String base64(String text) {
    String oneLine = text.replace("\r", "").replace("\n", "");
    if (oneLine.length() % 4 != 0) {
      throw new IllegalArgumentException("illegal base64 data");
    }
    return string(Base64.getDecoder().decode(oneLine));
  }

  private static boolean isBase64(BuiltinContext context, RegoValue value) {
    try {
      if (value instanceof RegoString text) {
        pay(context, text.value());
      }
      return value instanceof RegoString text && base64(text.value()) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Padding may be left out. */
  private static String base64Url(String text) {
    String oneLine = text.replace("\r", "").replace("\n", "");
    if (oneLine.endsWith("=") && oneLine.length() % 4 != 0) {
      throw new IllegalArgumentException("illegal base64 data");
    }
    return string(Base64.getUrlDecoder().decode(oneLine));
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  private static String unescape(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static RegoValue encodeObject(BuiltinContext context, RegoObject object) {
    Cost.COPIES.charge(context, object);
    TreeMap<String, List<String>> parameters = new TreeMap<>();
    for (RegoObject.Entry entry : object) {
      List<String> values =
          switch (entry.value().type()) {
            case STRING -> List.of(((RegoString) entry.value()).value());
            case ARRAY, SET -> {
              Cost.COPIES.charge(context, entry.value());
              yield stringsOf(entry.value());
            }
            default -> throw notStrings();
          };
      parameters.put(JsonText.keyOf(entry.key(), context), values);
    }
    BoundedText pairs = new BoundedText(context);
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      for (String value : parameter.getValue()) {
        pay(context, parameter.getKey());
        pay(context, value);
        pairs.append(pairs.length() == 0 ? "" : "&");
        pairs.append(escape(parameter.getKey())).append("=").append(escape(value));
      }
    }
    return RegoString.of(pairs.toString());
  }

  private static List<String> stringsOf(RegoValue collection) {
    try {
      return Operands.strings(collection, 1);
    } catch (OperandException e) {
      throw notStrings();
    }
  }

  private static OperandException notStrings() {
    return new OperandException(1, "values must be string, array[string], or set[string]");
  }

  private static RegoValue decodeObject(BuiltinContext context, String query) {
    context.text(2L * query.length());
    context.elements(query.chars().filter(c -> c == '&').count() + 1);
    TreeMap<String, List<RegoValue>> parameters = new TreeMap<>();
    for (String pair : query.split("&", -1)) {
      if (pair.contains(";")) {
        throw new BuiltinException("invalid semicolon separator in query");
      }
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters
            .computeIfAbsent(decoded(name), n -> new ArrayList<>())
            .add(RegoString.of(decoded(value)));
      }
    }
    RegoObject.Builder object = RegoObject.builder();
    parameters.forEach((name, values) -> object.put(name, RegoArray.copyOf(values)));
    return object.build();
  }

  private static String decoded(String text) {
    try {
      return unescape(text);
    } catch (IllegalArgumentException e) {
      throw new BuiltinException(e.getMessage());
    }
  }
}
