package qoa.core.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads the resources in reports of system, process and container probes, and the process
 * statistics of the 2022 client. Every part becomes {@code cpu_usage.<part>}. Parts that stand for
 * the whole also become {@code cpu_usage}. Not thread-safe.
 */
final class ProbeReader {

  private final ObservationBuffer observations;
  private final MetricReader metrics;

  ProbeReader(ObservationBuffer observations, MetricReader metrics) {
    this.observations = observations;
    this.metrics = metrics;
  }

  /** Reads {@code {usage: …, metadata: …}} of {@code cpu}, {@code mem} or {@code gpu}. */
  void resource(JsonCursor json, String resource, String instance)
      throws IOException, UndecodableException {
    String metric = resource.equals("mem") ? "memory_usage" : resource + "_usage";
    if (json.token() != JsonToken.START_OBJECT) {
      int mark = observations.size();
      metrics.record(json);
      metrics.settle(json, mark, null, instance, metric, null);
      return;
    }
    json.enterObject(resource);
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      if (key.equals("usage")) {
        int mark = observations.size();
        usage(json, metrics.emptyPath(), false);
        metrics.about(json, mark, instance, metric);
      } else {
        json.skip();
      }
    }
  }

  /**
   * Reads a usage: a number, or an object of parts, with or without a {@code value} and a {@code
   * unit}.
   *
   * @param whole whether it is inside a part that stands for the whole, and already counts as the
   *     whole
   */
  private void usage(JsonCursor json, MetricPath path, boolean whole)
      throws IOException, UndecodableException {
    if (json.token() != JsonToken.START_OBJECT) {
      metrics.value(json, path);
      return;
    }
    json.enterObject("usage");
    int mark = observations.size();
    String unit = null;
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      switch (key) {
        case "unit" -> unit = json.text(key);
        case "value" -> usage(json, path, whole);
        case "cpu_percentage", "memory_usage", "total" ->
            usage(json, path.isEmpty() ? path : new MetricPath(), whole);
        case "child_process" -> json.skip(); // a count of processes, not a usage
        default -> part(json, path, key, whole);
      }
    }
    observations.unit(mark, unit);
  }

  private void part(JsonCursor json, MetricPath path, String key, boolean whole)
      throws IOException, UndecodableException {
    int mark = observations.size();
    boolean repeat = !whole && standsForTheWhole(key);
    int before = path.enter(key);
    usage(json, path, whole || repeat);
    path.leave(before);
    if (repeat && !observations.repeat(mark)) {
      throw MetricReader.tooMany(json);
    }
  }

  /**
   * The resident memory is the memory usage of a process. The mean of the cores is that of the
   * node.
   */
  private static boolean standsForTheWhole(String part) {
    return part.equals("rss")
        || part.equals("load")
        || part.startsWith("core_")
        || part.endsWith("_core");
  }

  /** Reads a list of {@code {metadata: {id}, cpu, mem, gpu}}. */
  void containers(JsonCursor json) throws IOException, UndecodableException {
    if (json.enterArray("container_reports")) {
      while (json.nextElement()) {
        container(json);
      }
    }
  }

  private void container(JsonCursor json) throws IOException, UndecodableException {
    if (!json.enterObject("a container report")) {
      return;
    }
    int mark = observations.size();
    String id = null;
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      switch (key) {
        case "metadata" -> id = containerId(json);
        case "cpu", "mem", "gpu" -> resource(json, key, null);
        default -> json.skip();
      }
    }
    observations.instance(mark, id);
  }

  private static String containerId(JsonCursor json) throws IOException, UndecodableException {
    String id = null;
    if (json.enterObject("metadata")) {
      for (String key = json.nextField(); key != null; key = json.nextField()) {
        if (key.equals("id")) {
          id = json.text(key);
        } else {
          json.skip();
        }
      }
    }
    return id;
  }

  /** Reads the statistics of each process of a 2022 client: {@code {<pid>: {rss: …, user: …}}}. */
  void processes(JsonCursor json, String metric) throws IOException, UndecodableException {
    if (!json.enterObject(metric)) {
      return;
    }
    int mark = observations.size();
    for (String pid = json.nextField(); pid != null; pid = json.nextField()) {
      usage(json, metrics.emptyPath(), false);
    }
    metrics.about(json, mark, null, metric);
  }
}
