package qoa.systemtests.faults.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The messages that were sent to the engine, divided into reports and messages that are not
 * reports. Understands the ML reports and the hostile messages of the generator.
 *
 * @param reports the reports, in an order in which they may have been read
 */
record Input(List<FoundReport> reports, List<FoundDeadLetter> deadLetters) {

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxNestingDepth(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** {@code limits.time-ahead}. */
  private static final long TIME_AHEAD_MILLIS = 300_000;

  static Input of(List<Stored> messages) {
    List<FoundReport> reports = new ArrayList<>();
    List<FoundDeadLetter> deadLetters = new ArrayList<>();
    for (Stored message : messages) {
      try {
        reports.add(report(message));
      } catch (NotAReport e) {
        deadLetters.add(new FoundDeadLetter(message, e.getMessage()));
      }
    }
    return new Input(FoundReport.inOrder(reports), deadLetters);
  }

  /** The message is the reason. */
  private static final class NotAReport extends Exception {
    private static final long serialVersionUID = 1;

    NotAReport(String reason) {
      super(reason);
    }
  }

  private static FoundReport report(Stored message) throws NotAReport {
    JsonNode root = parse(message.value());
    String exceeded = Bounds.exceeded(root);
    require(exceeded == null, exceeded);
    require(root.path("service").isObject() || root.path("service").isMissingNode(), "wrong_type");
    require(root.path("service").isObject(), "unknown_shape");
    JsonNode metadata = root.path("metadata");
    String application = metadata.at("/client_config/application_name").asText("");
    require(!application.isEmpty(), "no_application");
    long time = millis(metadata.path("timestamp").decimalValue());
    require(time >= 0 && time <= message.timestamp() + TIME_AHEAD_MILLIS, "invalid_time");
    List<FoundReport.Observation> observations = new ArrayList<>();
    for (String section : List.of("service", "data")) {
      root.path(section).properties().forEach(stage -> addStage(stage, observations));
    }
    JsonNode client = metadata.path("client_config");
    return new FoundReport(
        message.place(),
        message.timestamp(),
        application,
        client.path("stage_id").asText("") + "/" + client.path("instance_id").asText(""),
        time,
        observations);
  }

  private static JsonNode parse(byte[] value) throws NotAReport {
    require(value != null && value.length > 0, "empty");
    try {
      return JSON.readTree(value);
    } catch (JsonProcessingException e) {
      boolean twice = e.getOriginalMessage().startsWith("Duplicate field");
      throw new NotAReport(twice ? "duplicate_key" : "not_json");
    } catch (IOException e) {
      throw new NotAReport("not_json");
    }
  }

  private static long millis(BigDecimal seconds) {
    return seconds.movePointRight(3).setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static void addStage(
      Map.Entry<String, JsonNode> stage, List<FoundReport.Observation> observations) {
    stage
        .getValue()
        .path("metrics")
        .properties()
        .forEach(
            metric -> {
              for (JsonNode byInstance : metric.getValue()) {
                for (JsonNode number : byInstance.path("records")) {
                  observations.add(
                      new FoundReport.Observation(
                          stage.getKey(), metric.getKey(), number.doubleValue()));
                }
              }
            });
  }

  private static void require(boolean holds, String reason) throws NotAReport {
    if (!holds) {
      throw new NotAReport(reason);
    }
  }
}
