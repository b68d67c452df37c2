package qoa.systemtests.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Messages that are not reports. */
final class Hostile {

  private static final String METADATA =
      "\"metadata\":{\"client_config\":{\"application_name\":\"app-1\"},\"timestamp\":%s}";

  private static final List<String> TEXTS =
      Arrays.asList(
          null,
          "",
          "response_time=0.1",
          "{" + METADATA.formatted("1") + ",\"service\":{",
          "{" + METADATA.formatted("1") + ",\"service\":{}} {}",
          "{" + METADATA.formatted("1") + ",\"service\":{},\"other\":{\"b\":1,\"b\":1}}",
          "{" + METADATA.formatted("1") + ",\"hello\":\"world\"}",
          "{" + METADATA.formatted("1") + ",\"service\":5}",
          "{" + METADATA.formatted("-1") + ",\"service\":{}}",
          "{" + METADATA.formatted("1795428000000") + ",\"service\":{}}",
          "{\"service\":{}}",
          "[1,2,3]");

  private static final String LONG = "n".repeat(513);
  private static final String LONG_IN_BYTES = "é".repeat(257);

  /** The template of a report that exceeds one limit. */
  private static final String REPORT =
      """
      {"metadata":{"client_config":{"application_name":"%s","stage_id":"%s","instance_id":"%s"},\
      "timestamp":%d},"service":{"%s":{"metrics":{"%s":{"%s":{"records":[%s],"unit":%s}}}}},\
      "more":%s}""";

  private Hostile() {}

  /** A random one; may be null, which Kafka accepts too. */
  static String any(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  /**
   * Messages that exceed one limit each.
   *
   * @param time the event time, in seconds since the epoch
   */
  static List<String> beyondBounds(String application, long time) {
    String path = "p".repeat(200);
    return List.of(
        report(LONG, "gateway", "g-1", time, "m", "1", "null", "1"),
        report(LONG_IN_BYTES, "gateway", "g-1", time, "m", "1", "null", "1"),
        report(application, LONG, "g-1", time, "m", "1", "null", "1"),
        report(application, "gateway", LONG_IN_BYTES, time, "m", "1", "null", "1"),
        report(application, "gateway", "g-1", time, LONG, "1", "null", "1"),
        report(application, "gateway", "g-1", time, "m", "1", '"' + LONG + '"', "1"),
        report(
            application,
            "gateway",
            "g-1",
            time,
            "m",
            "{\"%s\":{\"%s\":{\"%s\":1}}}".formatted(path, path, path),
            "null",
            "1"),
        report(
            application,
            "gateway",
            "g-1",
            time,
            "m",
            "{\"%s\":[1%s]}".formatted("k".repeat(100_000), ",1".repeat(9_998)),
            "null",
            "1"),
        report(application, "gateway", "g-1", time, "m", "1" + ",1".repeat(10_000), "null", "1"),
        report(application, "gateway", "g-1", time, "m", "1e400", "null", "1"),
        report(application, "gateway", "g-1", time, "m", "1e-20000", "null", "1"),
        report(application, "gateway", "g-1", time, "m", "1", "null", "-1e99999"),
        report(
            application, "gateway", "g-1", time, "m", "1", "null", "[".repeat(99) + "]".repeat(99)),
        report(
            application,
            "gateway",
            "g-1",
            time,
            "m",
            "{\"a\":".repeat(120) + "1" + "}".repeat(120),
            "null",
            "1"));
  }

  private static String report(
      String application,
      String stage,
      String instance,
      long time,
      String metric,
      String records,
      String unit,
      String more) {
    return REPORT.formatted(
        application, stage, instance, time, stage, metric, instance, records, unit, more);
  }
}
