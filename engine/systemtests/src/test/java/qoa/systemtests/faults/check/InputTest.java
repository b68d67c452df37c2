package qoa.systemtests.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the checker divides messages into reports and dead letters. */
class InputTest {

  private static final String REPORT =
      """
      {"metadata":{"client_config":{"application_name":"APPLICATION","stage_id":"STAGE",
      "instance_id":"INSTANCE"},"timestamp":TIME,"more":MORE},"service":{"STAGE":{"metrics":{
      "METRIC":{"INSTANCE":{"records":[RECORD],"unit":"UNIT"}}}}}}""";

  @ParameterizedTest
  @CsvSource({
    "1000.0005, 1000, ''",
    "1300.0005, 1000, ''",
    "1300.0015, 1000, invalid_time",
    "1300.0015, 1001, ''",
    "9999, 9999, ''"
  })
  void timeAhead_isMeasuredByTheTimestampOfTheRecord(String time, long sent, String reason) {
    assertReason(with("TIME", time), sent * 1_000, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "APPLICATION, 512, ''",
    "APPLICATION, 513, name_too_long",
    "STAGE, 513, name_too_long",
    "INSTANCE, 513, name_too_long",
    "METRIC, 512, ''",
    "METRIC, 513, name_too_long",
    "UNIT, 513, name_too_long"
  })
  void names_areBoundedInBytes(String name, int bytes, String reason) {
    assertReason(with(name, "n".repeat(bytes)), 0, reason);
    assertReason(with(name, "é".repeat(bytes / 2) + "n".repeat(bytes % 2)), 0, reason);
  }

  @Test
  void pathsOfRecords_areBoundedTogetherWithTheirMetric() {
    String path = "p".repeat(249); // behind response_time and a dot
    assertReason(with("RECORD", "{\"" + path + "\":{\"" + path.substring(1) + "\":1}}"), 0, "");
    assertReason(with("RECORD", "{\"" + path + "\":{\"" + path + "\":1}}"), 0, "name_too_long");
  }

  @Test
  void keysThatNameNothing_mayBeLong() {
    String key = "k".repeat(100_000);
    assertReason(with("MORE", "{\"" + key + "\":1}"), 0, "");
    assertReason(with("RECORD", "{\"" + key + "\":[1,2]}"), 0, "name_too_long");
  }

  @ParameterizedTest
  @CsvSource({
    "1e308, ''",
    "1e309, number_out_of_range",
    "0e-20000, ''",
    "1e-20000, number_out_of_range"
  })
  void numbers_areThoseThatADoubleHolds(String number, String reason) {
    assertReason(with("RECORD", number), 0, reason);
    assertReason(with("MORE", number), 0, reason);
  }

  @Test
  void numbersAndDepth_areBounded() {
    assertReason(with("RECORD", "1" + ",1".repeat(9_999)), 0, "");
    assertReason(with("RECORD", "1" + ",1".repeat(10_000)), 0, "too_large");
    assertReason(with("MORE", "[".repeat(98) + "]".repeat(98)), 0, "");
    assertReason(with("MORE", "[".repeat(99) + "]".repeat(99)), 0, "too_deep");
  }

  private static void assertReason(String text, long sent, String reason) {
    Stored message =
        new Stored(
            new Place("reports", 0, 0),
            sent,
            null,
            text.getBytes(StandardCharsets.UTF_8),
            Map.of());
    Input input = Input.of(List.of(message));
    assertThat(input.deadLetters().stream().map(FoundDeadLetter::reason).findFirst().orElse(""))
        .isEqualTo(reason);
    assertThat(input.reports()).hasSize(reason.isEmpty() ? 1 : 0);
  }

  private static String with(String name, String value) {
    return REPORT
        .replace(name, value)
        .replace("APPLICATION", "shop")
        .replace("STAGE", "web")
        .replace("INSTANCE", "web-1")
        .replace("METRIC", "response_time")
        .replace("UNIT", "s")
        .replace("RECORD", "0.1")
        .replace("TIME", "1")
        .replace("MORE", "1");
  }
}
