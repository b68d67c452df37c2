package qoa.systemtests.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import qoa.systemtests.faults.check.Checker;

/** Client headers that look like headers of the engine, and an ordinary one. */
final class Forged {

  private static final List<Map<String, String>> HEADERS =
      List.of(
          Map.of("qoa.sources", "qoa.reports:0=end qoa.reports:1=end qoa.reports:2=behind"),
          Map.of("qoa.sources", ""),
          Map.of("qoa.sources", "no source"),
          Map.of("qoa.topic", Checker.FORGED),
          Map.of("qoa.partition", "no number", "qoa.offset", "-1"),
          Map.of(
              "qoa.topic",
              Checker.FORGED,
              "qoa.partition",
              "7",
              "qoa.offset",
              "12345",
              "qoa.timestamp",
              "0"),
          Map.of("qoa.reason", Checker.FORGED, "qoa.detail", Checker.FORGED),
          Map.of("qoa.redriven-from", Checker.FORGED, "qoa.anything", Checker.FORGED));

  private Forged() {}

  /** A random choice of them. */
  static Map<String, String> any(Random random) {
    Map<String, String> headers = new HashMap<>(HEADERS.get(random.nextInt(HEADERS.size())));
    headers.put("traceparent", "00-" + random.nextInt(1_000));
    return headers;
  }
}
