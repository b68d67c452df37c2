package qoa.engine.ingest;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import qoa.engine.model.DeadLetter.Reason;

/**
 * Reads QoA4ML's Metric: {@code {metric_name, records, unit, …}}, flat or under its stage and
 * instance, and the records in it.
 */
final class MetricReader {

  private final ObservationBuffer observations;

  MetricReader(ObservationBuffer observations) {
    this.observations = observations;
  }

  /** Reads {@code [Metric, …]} of an instance; what is null the metrics may say themselves. */
  void list(JsonCursor json, String stage, String instance)
      throws IOException, UndecodableException {
    if (json.enterArray("metrics")) {
      while (json.nextElement()) {
        metric(json, stage, null, instance);
      }
    }
  }

  /**
   * Reads one Metric.
   *
   * @param stage where it was measured; null where the metric says it, or nobody
   * @param name its name; null where the metric says it
   * @param instance who measured it; null where the metric says it, or nobody
   */
  void metric(JsonCursor json, String stage, String name, String instance)
      throws IOException, UndecodableException {
    if (!json.enterObject("a metric")) {
      return;
    }
    int mark = observations.size();
    String unit = null;
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      switch (key) {
        case "metric_name" -> {
          if (json.isText(key) && name == null) {
            name = json.text(key);
          }
        }
        case "records" -> records(json);
        case "unit" -> unit = json.text(key);
        case "stage" -> stage = own(json.text(key), stage);
        case "instance" -> instance = own(instance(json), instance);
        default -> json.skip();
      }
    }
    if (name == null) {
      throw json.fail(Reason.WRONG_TYPE, "a metric must have a metric_name");
    }
    observations.settle(mark, stage, instance, name, unit);
    observations.place(instance, stage);
  }

  private void records(JsonCursor json) throws IOException, UndecodableException {
    if (json.enterArray("records")) {
      while (json.nextElement()) {
        value(json, null);
      }
    }
  }

  /** Reads {@code {id, stage, …}} of an execution graph or a metric, or just the id. */
  String instance(JsonCursor json) throws IOException, UndecodableException {
    if (json.token() != JsonToken.START_OBJECT) {
      return json.text("instance");
    }
    json.enterObject("instance");
    String id = null;
    String stage = null;
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      switch (key) {
        case "id" -> id = json.text(key);
        case "stage" -> stage = json.text(key);
        default -> json.skip();
      }
    }
    observations.place(id, stage);
    return id;
  }

  /**
   * Reads one record: a number or boolean is one observation, an object or array one for each such
   * leaf, everything else none. The caller settles what they are about.
   *
   * @param path where in the record this value lies; null for the record itself
   */
  void value(JsonCursor json, String path) throws IOException, UndecodableException {
    switch (json.token()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(json, path, json.finite(), false);
      case VALUE_TRUE -> add(json, path, 1, true);
      case VALUE_FALSE -> add(json, path, 0, true);
      case START_OBJECT -> {
        json.enterObject("a record");
        for (String key = json.nextField(); key != null; key = json.nextField()) {
          value(json, join(path, key));
        }
      }
      case START_ARRAY -> {
        for (int i = 0; json.nextElement(); i++) {
          value(json, join(path, Integer.toString(i)));
        }
      }
      default -> {}
    }
  }

  private void add(JsonCursor json, String path, double value, boolean flag)
      throws UndecodableException {
    if (!observations.add(path, value, flag)) {
      throw json.fail(
          Reason.TOO_LARGE, "more than " + ObservationBuffer.MOST + " numbers in one report");
    }
  }

  static String join(String path, String key) {
    return path == null ? key : path + "." + key;
  }

  private static String own(String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}
