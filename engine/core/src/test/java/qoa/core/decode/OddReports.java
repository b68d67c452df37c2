package qoa.core.decode;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Generates reports of every kind, with arbitrary values in everything that senders choose. */
final class OddReports {

  private static final List<String> PLAIN =
      List.of("web", "gateway", "db", "response_time", "accuracy", "responseTime", "m", "i1", "i2");

  private static final List<String> ODD =
      List.of(
          "",
          ".",
          "/",
          "~1",
          "*",
          "other",
          "null",
          "\\u0000",
          "\\\"",
          "\\ud83d\\ude00",
          "\\u00e9",
          "\u00e9",
          "\ud83d\ude00",
          "|",
          "a.b",
          "__proto__",
          "metrics",
          "value",
          "total",
          "rss",
          "core_0",
          "unit",
          "\\u2028",
          "%s",
          "${x}",
          "\u202e",
          "0");

  private static final List<String> TIMES =
      List.of(
          "0",
          "-1",
          "-62135596800",
          "9413400000000",
          "1e300",
          "-1e300",
          "1e-300",
          "\"NaN\"",
          "null",
          "1795428000000",
          "253402300799.999",
          "253402300800",
          "0.0001",
          "1e10",
          "true",
          "[]");

  private final Random random;
  private long now;

  OddReports(Random random, long now) {
    this.random = random;
    this.now = now;
  }

  long now() {
    return now;
  }

  void advance(long millis) {
    now += millis;
  }

  /** A report, of some KiB at most. */
  String next() {
    String metadata = "\"metadata\":" + metadata();
    String parts = parts();
    String more = random.nextInt(10) == 0 ? ",\"other\":" + value(1) : "";
    return random.nextInt(5) == 0
        ? "{" + parts + more + "," + metadata + "}"
        : "{" + metadata + "," + parts + more + "}";
  }

  /** A report that is large in one respect, up to a little beyond the limits. */
  String huge() {
    int size = 1_000 + random.nextInt(1_000_000);
    String value =
        switch (random.nextInt(7)) {
          case 0 -> list("1", Math.min(10_100, size));
          case 1 -> "{\"" + "k".repeat(1 + random.nextInt(520)) + "\":" + list("1", 9_990) + "}";
          case 2 -> "{\"" + "k".repeat(size / 2) + "\":" + list("{\"a\":\"b\"}", size / 20) + "}";
          case 3 -> "[".repeat(random.nextInt(110)) + "7" + "]".repeat(random.nextInt(110));
          case 4 -> object(size, () -> "\"\"");
          case 5 -> object(size, () -> "1");
          default -> "\"" + "x".repeat(size) + "\"";
        };
    String metadata = "{\"metadata\":" + metadata();
    return switch (random.nextInt(4)) {
      case 0 -> metadata + ",\"report\":{\"m\":" + value + "}}";
      case 1 -> metadata + ",\"service\":" + stages(200) + "}";
      case 2 -> metadata + ",\"quality\":{\"q\":" + value + "}}";
      default -> metadata + ",\"report\":{\"m\":1},\"other\":" + value + "}";
    };
  }

  private String metadata() {
    String application = random.nextInt(3) > 0 ? "app" + random.nextInt(40) : name();
    String timestamp =
        switch (random.nextInt(12)) {
          case 0 -> TIMES.get(random.nextInt(TIMES.size()));
          case 1 -> number();
          case 2 -> null;
          case 3 -> Double.toString((now - random.nextInt(600_000) + 320_000) / 1000.0);
          default -> Double.toString((now - random.nextInt(2_000)) / 1000.0);
        };
    String who =
        "\"application_name\":\"%s\",\"stage_id\":\"%s\",\"instance_id\":\"%s\""
            .formatted(application, name(), name());
    String time = timestamp == null ? "" : ",\"timestamp\":" + timestamp;
    return random.nextBoolean()
        ? "{\"client_config\":{" + who + "}" + time + "}"
        : "{" + who + time + "}";
  }

  private String parts() {
    return switch (random.nextInt(9)) {
      case 0 -> "\"service\":" + stages(1 + random.nextInt(3));
      case 1 -> "\"data\":%s,\"ml_inference\":%s".formatted(stages(1), inferences());
      case 2 -> "\"metrics\":[" + metric() + "," + metric() + "]";
      case 3 -> "\"report\":" + object(200, () -> value(3));
      case 4 -> "\"cpu\":{\"usage\":%s},\"mem\":{\"usage\":%s}".formatted(value(3), value(2));
      case 5 ->
          "\"container_reports\":[{\"metadata\":{\"id\":\"%s\"},\"gpu\":{\"usage\":%s}}]"
              .formatted(name(), value(3));
      case 6 -> "\"quality\":{\"%s\":%s,\"service\":%s}".formatted(name(), value(2), quality());
      case 7 -> "\"proc_cpu_stats\":{\"%s\":%s}".formatted(name(), value(2));
      default ->
          "\"inference_report\":{\"service\":%s,\"ml_specific\":{\"linked_list\":%s}}"
              .formatted(stages(1), inferences());
    };
  }

  private String stages(int many) {
    return objectOf(
        many,
        () ->
            "{\"metrics\":"
                + objectOf(
                    1 + random.nextInt(3), () -> objectOf(1 + random.nextInt(3), this::metric))
                + "}");
  }

  private String quality() {
    return objectOf(2, () -> objectOf(2, () -> objectOf(1, () -> value(2))));
  }

  private String inferences() {
    return objectOf(
        2, () -> "{\"instance_id\":\"%s\",\"metrics\":[%s]}".formatted(name(), metric()));
  }

  private String metric() {
    String unit = random.nextInt(3) == 0 ? ",\"unit\":\"" + name() + "\"" : "";
    return "{\"metric_name\":\"%s\",\"records\":[%s]%s}".formatted(name(), value(3), unit);
  }

  private String value(int depth) {
    int kind = random.nextInt(depth > 0 ? 10 : 5);
    return switch (kind) {
      case 0, 1, 2 -> number();
      case 3 -> random.nextBoolean() ? "true" : "false";
      case 4 -> random.nextInt(4) == 0 ? "null" : "\"" + name() + "\"";
      case 5 -> list(value(depth - 1), 1 + random.nextInt(4));
      case 6 -> list(number(), 1 + random.nextInt(random.nextInt(30) == 0 ? 3_000 : 4));
      case 7 -> random.nextInt(20) == 0 ? "\"\\ud800 \\udc00 \\ud83d\\ude00\"" : "{}";
      default -> objectOf(1 + random.nextInt(3), () -> value(depth - 1));
    };
  }

  private String number() {
    return switch (random.nextInt(40)) {
      case 0 -> Mutations.number(random);
      case 1 ->
          Double.toString(
              Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(600) - 300));
      default ->
          random.nextBoolean()
              ? Integer.toString(random.nextInt(100))
              : Double.toString(random.nextDouble());
    };
  }

  private String name() {
    return switch (random.nextInt(16)) {
      case 0 -> ODD.get(random.nextInt(ODD.size()));
      case 1 -> "made-up-" + random.nextInt(1_000_000);
      case 2 ->
          random.nextInt(8) == 0 ? "\u00e9".repeat(random.nextInt(270)) : "x" + random.nextInt(9);
      default -> PLAIN.get(random.nextInt(PLAIN.size()));
    };
  }

  private String objectOf(int many, Supplier<String> value) {
    StringBuilder object = new StringBuilder("{");
    for (int i = 0; i < many; i++) {
      object.append(i == 0 ? "\"" : ",\"").append(name());
      if (many > 3 || random.nextInt(3) > 0) {
        object.append(i); // otherwise the key may exist already
      }
      object.append("\":").append(value.get());
    }
    return object.append('}').toString();
  }

  private static String object(int size, Supplier<String> value) {
    StringBuilder object = new StringBuilder("{\"a\":1");
    for (int i = 0; object.length() < size; i++) {
      object.append(",\"k").append(i).append("\":").append(value.get());
    }
    return object.append('}').toString();
  }

  private static String list(String element, int many) {
    return "[" + element + ("," + element).repeat(Math.max(0, many - 1)) + "]";
  }
}
