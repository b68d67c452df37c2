package qoa.engine.evaluate.plan.builtins;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import qoa.engine.evaluate.plan.value.JsonText;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoBoolean;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoString;
import qoa.engine.evaluate.plan.value.RegoValue;

/** Base64, hexadecimal digits, and URL queries. */
final class EncodingBuiltins {
  private EncodingBuiltins() {}

  static void register(Builtins.Table table) {
    table
        .add1("base64.encode", text(s -> Base64.getEncoder().encodeToString(bytes(s))))
        .add1("base64.decode", text(EncodingBuiltins::base64))
        .add1("base64.is_valid", (c, s) -> RegoBoolean.of(isBase64(s)))
        .add1("base64url.encode", text(s -> Base64.getUrlEncoder().encodeToString(bytes(s))))
        .add1(
            "base64url.encode_no_pad",
            text(s -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(s))))
        .add1("base64url.decode", text(EncodingBuiltins::base64Url))
        .add1("hex.encode", text(s -> HexFormat.of().formatHex(bytes(s))))
        .add1("hex.decode", text(s -> string(HexFormat.of().parseHex(s))))
        .add1("urlquery.encode", text(EncodingBuiltins::escape))
        .add1("urlquery.decode", text(EncodingBuiltins::unescape))
        .add1("urlquery.encode_object", (c, o) -> encodeObject(Operands.object(o, 1)))
        .add1("urlquery.decode_object", (c, s) -> decodeObject(Operands.string(s, 1)));
  }

  /** A function of strings; what it rejects is a failure of the builtin. */
  private static Builtin.Of1 text(Function<String, String> function) {
    return (c, a) -> {
      String text = Operands.string(a, 1);
      try {
        return RegoString.of(function.apply(text));
      } catch (IllegalArgumentException e) {
        throw new BuiltinException(e.getMessage());
      }
    };
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

  private static boolean isBase64(RegoValue value) {
    try {
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

  private static RegoValue encodeObject(RegoObject object) {
    TreeMap<String, List<String>> parameters = new TreeMap<>();
    for (RegoObject.Entry entry : object) {
      List<String> values =
          switch (entry.value().type()) {
            case STRING -> List.of(((RegoString) entry.value()).value());
            case ARRAY, SET -> stringsOf(entry.value());
            default -> throw notStrings();
          };
      parameters.put(JsonText.keyOf(entry.key()), values);
    }
    List<String> pairs = new ArrayList<>();
    parameters.forEach(
        (name, values) -> values.forEach(v -> pairs.add(escape(name) + "=" + escape(v))));
    return RegoString.of(String.join("&", pairs));
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

  private static RegoValue decodeObject(String query) {
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
