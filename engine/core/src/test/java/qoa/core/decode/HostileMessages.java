package qoa.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qoa.core.model.DeadLetter.Reason;

/** Hostile messages, with the dead letter reason that each must get. */
public final class HostileMessages {

  /** A message and its expected reason. */
  public record Hostile(byte[] value, Reason reason) {}

  private static final String METADATA =
      "\"metadata\":{\"client_config\":{\"application_name\":\"shop\"},\"timestamp\":1795428000}";

  private HostileMessages() {}

  /** The messages by the name of their fault. */
  public static Map<String, Hostile> all() {
    Map<String, Hostile> all = new LinkedHashMap<>();
    all.put("null value", new Hostile(null, Reason.EMPTY));
    all.put("empty value", new Hostile(new byte[0], Reason.EMPTY));
    put(all, "blank", "   ", Reason.EMPTY);
    put(all, "not JSON", "response_time=0.1", Reason.NOT_JSON);
    put(all, "cut off", "{" + METADATA + ",\"service\":{", Reason.NOT_JSON);
    put(all, "two texts", "{" + METADATA + ",\"service\":{}} {}", Reason.NOT_JSON);
    put(all, "NaN", "{" + METADATA + ",\"report\":{\"m\":NaN}}", Reason.NOT_JSON);
    put(all, "Infinity", "{" + METADATA + ",\"report\":{\"m\":-Infinity}}", Reason.NOT_JSON);
    all.put(
        "broken UTF-8",
        new Hostile(
            ("{" + METADATA + ",\"report\":{\"m\":\"\u00ff\u00fe\"}}")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
            Reason.NOT_JSON));
    all.put(
        "UTF-16",
        new Hostile(
            ("{" + METADATA + ",\"service\":{}}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
            Reason.NOT_JSON));
    all.put(
        "UTF-16 with a mark",
        new Hostile(
            ("\ufeff{" + METADATA + ",\"service\":{}}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_16BE),
            Reason.NOT_JSON));
    for (String malformed :
        List.of(
            "\u00c0\u0080",
            "\u00ed\u00a0\u0080",
            "\u00f5\u0080\u0080\u0080",
            "\u00f4\u0090\u0080\u0080")) {
      all.put(
          "not UTF-8 where nobody looks: %x".formatted((int) malformed.charAt(0))
              + malformed.length(),
          new Hostile(
              ("{" + METADATA + ",\"service\":{},\"other\":\"" + malformed + "\"}")
                  .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
              Reason.NOT_JSON));
    }
    put(
        all,
        "half a surrogate pair as a name",
        "{\"metadata\":{\"client_config\":{\"application_name\":\"shop\\ud800\"}},\"service\":{}}",
        Reason.NOT_JSON);
    put(
        all,
        "half a surrogate pair as a key",
        "{" + METADATA + ",\"report\":{\"\\udc00m\":1}}",
        Reason.NOT_JSON);
    put(all, "1e400", "{" + METADATA + ",\"report\":{\"m\":1e400}}", Reason.NUMBER_OUT_OF_RANGE);
    put(
        all,
        "1e400 where nobody looks",
        "{" + METADATA + ",\"service\":{},\"other\":[{\"a\":-1e400}]}",
        Reason.NUMBER_OUT_OF_RANGE);
    put(
        all,
        "a number of 5,000 digits",
        "{" + METADATA + ",\"report\":{\"m\":" + "9".repeat(5_000) + "}}",
        Reason.NUMBER_OUT_OF_RANGE);
    putNumbersOutOfRange(all);
    putNames(all);
    put(all, "no metadata", "{\"service\":{}}", Reason.NO_APPLICATION);
    put(all, "empty metadata", "{\"metadata\":{},\"metrics\":[]}", Reason.NO_APPLICATION);
    put(all, "negative time", timed("-1"), Reason.INVALID_TIME);
    put(all, "time in milliseconds", timed("1795428000000"), Reason.INVALID_TIME);
    put(all, "time as text", timed("\"2026-11-23\""), Reason.WRONG_TYPE);
    put(
        all,
        "duplicate key",
        "{" + METADATA + ",\"report\":{\"m\":1,\"n\":2,\"m\":3}}",
        Reason.DUPLICATE_KEY);
    put(
        all,
        "duplicate key where nobody looks",
        "{" + METADATA + ",\"service\":{},\"other\":{\"a\":{\"b\":1,\"b\":1}}}",
        Reason.DUPLICATE_KEY);
    put(all, "duplicate key of many", manyKeysAndOneTwice(), Reason.DUPLICATE_KEY);
    put(all, "array", "[1,2,3]", Reason.UNKNOWN_SHAPE);
    put(all, "number", "42", Reason.UNKNOWN_SHAPE);
    put(all, "unknown shape", "{" + METADATA + ",\"hello\":\"world\"}", Reason.UNKNOWN_SHAPE);
    put(all, "metadata a list", "{\"metadata\":[],\"service\":{}}", Reason.WRONG_TYPE);
    put(all, "service a number", "{" + METADATA + ",\"service\":5}", Reason.WRONG_TYPE);
    put(
        all,
        "records a number",
        "{" + METADATA + ",\"service\":{\"web\":{\"metrics\":{\"m\":{\"i\":{\"records\":5}}}}}}",
        Reason.WRONG_TYPE);
    put(
        all,
        "a metric without a name",
        "{" + METADATA + ",\"metrics\":[{\"records\":[1]}]}",
        Reason.WRONG_TYPE);
    put(
        all,
        "100,000 levels deep",
        "{" + METADATA + ",\"other\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
        Reason.TOO_DEEP);
    put(
        all,
        "20,000 numbers",
        "{" + METADATA + ",\"report\":{\"m\":[1" + ",1".repeat(20_000) + "]}}",
        Reason.TOO_LARGE);
    put(
        all,
        "10 MB",
        "{" + METADATA + ",\"report\":{\"m\":\"" + "x".repeat(10_000_000) + "\"}}",
        Reason.TOO_LARGE);
    return all;
  }

  private static void put(Map<String, Hostile> all, String name, String text, Reason reason) {
    all.put(name, new Hostile(text.getBytes(UTF_8), reason));
  }

  /** Numbers whose double would be 0 or undefined. */
  private static void putNumbersOutOfRange(Map<String, Hostile> all) {
    for (String number :
        List.of("1e-20000", "-1e-400", "0e99999", "1e-99999999999", "0." + "0".repeat(400) + "1")) {
      String name = number.substring(0, Math.min(20, number.length()));
      put(
          all,
          name,
          "{" + METADATA + ",\"report\":{\"m\":" + number + "}}",
          Reason.NUMBER_OUT_OF_RANGE);
      put(
          all,
          name + " where nobody looks",
          "{" + METADATA + ",\"service\":{},\"other\":[" + number + "]}",
          Reason.NUMBER_OUT_OF_RANGE);
    }
    put(
        all,
        "an integer of 400 digits where nobody looks",
        "{" + METADATA + ",\"service\":{},\"other\":[" + "7".repeat(400) + "]}",
        Reason.NUMBER_OUT_OF_RANGE);
    put(
        all,
        "1e-20000 as a name",
        "{\"metadata\":{\"pid\":1e-20000},\"timestamp\":1795428000,\"cpu\":{\"usage\":1}}",
        Reason.NUMBER_OUT_OF_RANGE);
  }

  private static void putNames(Map<String, Hostile> all) {
    put(
        all,
        "10,000 numbers below a key of 900 KB",
        "{"
            + METADATA
            + ",\"report\":{\""
            + "k".repeat(900_000)
            + "\":[1"
            + ",1".repeat(9_999)
            + "]}}",
        Reason.NAME_TOO_LONG);
    put(
        all,
        "50,000 objects below a key of 500 KB, then a number",
        "{"
            + METADATA
            + ",\"report\":{\"m\":{\""
            + "k".repeat(500_000)
            + "\":[{}"
            + ",{}".repeat(50_000)
            + ",1]}}}",
        Reason.NAME_TOO_LONG);
    put(
        all,
        "a path of 600 bytes",
        "{"
            + METADATA
            + ",\"report\":{\"m\":"
            + "{\"abcdefg\":".repeat(80)
            + "1"
            + "}".repeat(80)
            + "}}",
        Reason.NAME_TOO_LONG);
  }

  private static String timed(String timestamp) {
    return "{\"metadata\":{\"client_config\":{\"application_name\":\"shop\"},\"timestamp\":"
        + timestamp
        + "},\"service\":{}}";
  }

  private static String manyKeysAndOneTwice() {
    StringBuilder text = new StringBuilder("{").append(METADATA).append(",\"report\":{");
    for (int i = 0; i < 1_000; i++) {
      text.append("\"k").append(i).append("\":").append(i).append(',');
    }
    return text.append("\"k500\":1}}").toString();
  }
}
