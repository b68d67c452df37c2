package qoa.core.decode;

import java.io.IOException;

/**
 * Reads the parts of ML and ROHE ensemble reports: stages, inferences, execution graphs. Not
 * thread-safe.
 */
final class MlReader {

  private final ObservationBuffer observations;
  private final MetricReader metrics;

  MlReader(ObservationBuffer observations, MetricReader metrics) {
    this.observations = observations;
    this.metrics = metrics;
  }

  /** Reads {@code {<stage>: {metrics: {<metric>: {<instance>: Metric}}}}}. */
  void stages(JsonCursor json, String section) throws IOException, UndecodableException {
    if (!json.enterObject(section)) {
      return;
    }
    for (String stage = json.nextName("stage"); stage != null; stage = json.nextName("stage")) {
      stage(json, stage);
    }
  }

  private void stage(JsonCursor json, String stage) throws IOException, UndecodableException {
    if (!json.enterObject("a stage report")) {
      return;
    }
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      if (key.equals("metrics")) {
        stageMetrics(json, stage);
      } else {
        json.skip();
      }
    }
  }

  private void stageMetrics(JsonCursor json, String stage)
      throws IOException, UndecodableException {
    if (!json.enterObject("metrics of a stage")) {
      return;
    }
    for (String metric = json.nextName("metric");
        metric != null;
        metric = json.nextName("metric")) {
      if (json.enterObject("instances of a metric")) {
        for (String by = json.nextName("instance"); by != null; by = json.nextName("instance")) {
          metrics.metric(json, stage, metric, by);
        }
      }
    }
  }

  /** Reads {@code {<id>: {instance_id, metrics: [Metric, …]}}}. */
  void inferences(JsonCursor json) throws IOException, UndecodableException {
    if (!json.enterObject("ml_inference")) {
      return;
    }
    for (String id = json.nextName("instance"); id != null; id = json.nextName("instance")) {
      inference(json, id);
    }
  }

  private void inference(JsonCursor json, String id) throws IOException, UndecodableException {
    if (!json.enterObject("an inference")) {
      return;
    }
    int mark = observations.size();
    String instance = id;
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      switch (key) {
        case "instance_id" -> instance = json.text(key);
        case "metrics" -> metrics.list(json, null, null);
        default -> json.skip();
      }
    }
    observations.instance(mark, instance);
  }

  /** Reads a ROHE {@code inference_report}. */
  void inferenceReport(JsonCursor json) throws IOException, UndecodableException {
    if (!json.enterObject("inference_report")) {
      return;
    }
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      switch (key) {
        case "service", "data" -> stages(json, key);
        case "ml_specific" -> inferenceGraph(json);
        default -> json.skip();
      }
    }
  }

  /**
   * Reads {@code {linked_list: {<id>: {instance: inference, previous: […]}}}}. The inferences in
   * {@code previous} and {@code end_point} are skipped, because the list contains them too.
   */
  private void inferenceGraph(JsonCursor json) throws IOException, UndecodableException {
    if (!json.enterObject("ml_specific")) {
      return;
    }
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      if (key.equals("linked_list") && json.enterObject(key)) {
        for (String id = json.nextName("instance"); id != null; id = json.nextName("instance")) {
          linkedInference(json, id);
        }
      } else {
        json.skip();
      }
    }
  }

  private void linkedInference(JsonCursor json, String id)
      throws IOException, UndecodableException {
    if (!json.enterObject("a linked inference")) {
      return;
    }
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      if (key.equals("instance")) {
        inference(json, id);
      } else {
        json.skip();
      }
    }
  }

  /** Reads an {@code execution_graph}, which names the stage of each instance. */
  void executionGraph(JsonCursor json) throws IOException, UndecodableException {
    if (!json.enterObject("execution_graph")) {
      return;
    }
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      if (key.equals("linked_list") && json.enterObject(key)) {
        for (String id = json.nextField(); id != null; id = json.nextField()) {
          linkedInstance(json);
        }
      } else {
        json.skip();
      }
    }
  }

  private void linkedInstance(JsonCursor json) throws IOException, UndecodableException {
    if (!json.enterObject("a linked instance")) {
      return;
    }
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      if (key.equals("instance")) {
        metrics.instance(json);
      } else {
        json.skip();
      }
    }
  }
}
