package qoa.engine.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Messages that are no reports. */
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

  private Hostile() {}

  /** One of them; may be null, which Kafka takes too. */
  static String any(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
