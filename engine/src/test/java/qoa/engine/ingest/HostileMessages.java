package qoa.engine.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import qoa.engine.model.DeadLetter.Reason;

/** Messages that no client should send and somebody will, with the reason each must get. */
public final class HostileMessages {

  /** A message and its due reason. */
  public record Hostile(byte[] value, Reason reason) {}

  private static final String METADATA =
      "\"metadata\":{\"client_config\":{\"application_name\":\"shop\"},\"timestamp\":1795428000}";

  private HostileMessages() {}

  /** By a name that says what is wrong. */
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
