package qoa.core.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import qoa.core.model.DeadLetter.Reason;
import qoa.core.model.ReportBounds;

/**
 * Reads a Metric of QoA4ML, {@code {metric_name, records, unit, …}}, and its records. It may be in
 * a list, or below its stage and instance. Not thread-safe.
 */
final class MetricReader {

  private final ObservationBuffer observations;
  private final MetricPath path = new MetricPath();

  MetricReader(ObservationBuffer observations) {
    this.observations = observations;
  }

  /** Reads {@code [Metric, …]}. If the stage or instance is null, each metric may name its own. */
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
   * @param stage where it was measured; null if only the metric may name it
   * @param name the name of the metric; null if the metric contains it
   * @param instance what measured it; null if only the metric may name it
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
    settle(json, mark, stage, instance, name, unit);
    observations.place(instance, stage);
  }

  /**
   * Sets the stage, instance, metric and unit of the numbers since a mark; null leaves one unset.
   *
   * @throws UndecodableException if the name of the metric is too long, alone or with a path
   */
  void settle(JsonCursor json, int mark, String stage, String instance, String metric, String unit)
      throws UndecodableException {
    checkNames(json, mark, metric);
    observations.settle(mark, stage, instance, metric, unit);
  }

  /** Sets the instance and metric of the numbers since a mark, and keeps their units. */
  void about(JsonCursor json, int mark, String instance, String metric)
      throws UndecodableException {
    checkNames(json, mark, metric);
    observations.about(mark, instance, metric);
  }

  private void checkNames(JsonCursor json, int mark, String metric) throws UndecodableException {
    if (!observations.haveNames(mark, metric)) {
      throw tooLong(json, metric);
    }
  }

  private static UndecodableException tooLong(JsonCursor json, String name) {
    return json.fail(
        Reason.NAME_TOO_LONG,
        "the name of a metric and its path have more than %d bytes in UTF-8; they begin with \"%s\""
            .formatted(ReportBounds.NAME_BYTES, ShortText.of(name)));
  }

  private void records(JsonCursor json) throws IOException, UndecodableException {
    if (json.enterArray("records")) {
      while (json.nextElement()) {
        record(json);
      }
    }
  }

  /**
   * Reads the instance of an execution graph or a metric: {@code {id, stage, …}} or the id alone.
   */
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
   * Reads one record. A number or boolean becomes one observation. An object or array becomes one
   * for each number or boolean in it. Anything else becomes none. The caller sets their subject
   * with {@link #settle}.
   */
  void record(JsonCursor json) throws IOException, UndecodableException {
    value(json, emptyPath());
  }

  /** Reads the part of a record at a key. */
  void part(JsonCursor json, String key) throws IOException, UndecodableException {
    emptyPath().enter(key);
    value(json, path);
  }

  /** An empty path, for the next record. */
  MetricPath emptyPath() {
    path.clear();
    return path;
  }

  /**
   * Reads a value in a record.
   *
   * @param at its path; unchanged when the method returns
   */
  void value(JsonCursor json, MetricPath at) throws IOException, UndecodableException {
    switch (json.token()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(json, at, json.finite(), false);
      case VALUE_TRUE -> add(json, at, 1, true);
      case VALUE_FALSE -> add(json, at, 0, true);
      case START_OBJECT -> {
        json.enterObject("a record");
        for (String key = json.nextField(); key != null; key = json.nextField()) {
          int before = at.enter(key);
          value(json, at);
          at.leave(before);
        }
      }
      case START_ARRAY -> {
        for (int i = 0; json.nextElement(); i++) {
          int before = at.enter(i);
          value(json, at);
          at.leave(before);
        }
      }
      default -> {}
    }
  }

  private void add(JsonCursor json, MetricPath at, double value, boolean flag)
      throws UndecodableException {
    if (!at.isName()) {
      throw tooLong(json, at.shown());
    }
    if (!observations.add(at.text(), value, flag)) {
      throw tooMany(json);
    }
  }

  static UndecodableException tooMany(JsonCursor json) {
    return json.fail(
        Reason.TOO_LARGE, "more than %,d numbers in one report".formatted(ReportBounds.NUMBERS));
  }

  private static String own(String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}
