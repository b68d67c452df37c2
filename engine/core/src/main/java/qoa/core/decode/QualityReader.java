package qoa.core.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads {@code quality} of the clients of 2022 and 2023: metrics by stage under {@code
 * performance}, {@code service} and {@code data}; inferences; and the flat form of the first
 * tutorial. Not thread-safe.
 */
final class QualityReader {

  private final ObservationBuffer observations;
  private final MetricReader metrics;

  QualityReader(ObservationBuffer observations, MetricReader metrics) {
    this.observations = observations;
    this.metrics = metrics;
  }

  void read(JsonCursor json) throws IOException, UndecodableException {
    if (!json.enterObject("quality")) {
      return;
    }
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      boolean nested = json.token() == JsonToken.START_OBJECT;
      switch (key) {
        case "service", "performance", "data" -> {
          if (nested) {
            stages(json);
          } else {
            flat(json, key);
          }
        }
        case "inference" -> {
          if (nested) {
            inferences(json);
          } else {
            flat(json, key);
          }
        }
        default -> flat(json, key);
      }
    }
  }

  private void flat(JsonCursor json, String metric) throws IOException, UndecodableException {
    int mark = observations.size();
    metrics.record(json);
    metrics.about(json, mark, null, metric);
  }

  /** Reads {@code {<stage>: {<metric>: {<instance>: record}}}}. */
  private void stages(JsonCursor json) throws IOException, UndecodableException {
    json.enterObject("stages");
    for (String stage = json.nextName("stage"); stage != null; stage = json.nextName("stage")) {
      if (json.enterObject("metrics of a stage")) {
        for (String name = json.nextName("metric"); name != null; name = json.nextName("metric")) {
          instances(json, stage, name);
        }
      }
    }
  }

  private void instances(JsonCursor json, String stage, String name)
      throws IOException, UndecodableException {
    if (!json.enterObject("instances of a metric")) {
      return;
    }
    for (String by = json.nextName("instance"); by != null; by = json.nextName("instance")) {
      int mark = observations.size();
      metrics.record(json);
      metrics.settle(json, mark, stage, by, name, null);
      observations.place(by, stage);
    }
  }

  /** Reads {@code {<inference>: {instance_id, confidence, …}, last_inference: …}}. */
  private void inferences(JsonCursor json) throws IOException, UndecodableException {
    json.enterObject("inference");
    for (String id = json.nextField(); id != null; id = json.nextField()) {
      if (json.token() == JsonToken.START_OBJECT) {
        inference(json);
      } else {
        json.skip();
      }
    }
  }

  /** The {@code value} of an inference is skipped, because it is the prediction, not a quality. */
  private void inference(JsonCursor json) throws IOException, UndecodableException {
    json.enterObject("an inference");
    int start = observations.size();
    String instance = null;
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      switch (key) {
        case "instance_id" -> instance = json.text(key);
        case "value", "source" -> json.skip();
        default -> {
          int mark = observations.size();
          measured(json);
          metrics.about(json, mark, null, key);
        }
      }
    }
    observations.instance(start, instance);
  }

  /** A number, or {@code {value: number}}. */
  private void measured(JsonCursor json) throws IOException, UndecodableException {
    if (json.token() != JsonToken.START_OBJECT) {
      metrics.record(json);
      return;
    }
    json.enterObject("a quality");
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      if (key.equals("value")) {
        metrics.record(json);
      } else {
        metrics.part(json, key);
      }
    }
  }
}
