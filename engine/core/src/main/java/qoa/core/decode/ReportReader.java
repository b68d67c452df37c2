package qoa.core.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import qoa.core.model.DeadLetter.Reason;
import qoa.core.model.Observation;
import qoa.core.model.ReportKind;

/**
 * Reads one report, whose parts may come in any order. The parts determine its kind. Reused for
 * each report; not thread-safe.
 */
public final class ReportReader {

  /** The parts that determine the kind. */
  private enum Part {
    METADATA,
    STAGES,
    INFERENCE_REPORT,
    EXECUTION_GRAPH,
    METRICS,
    RESOURCE,
    CONTAINERS,
    QUALITY,
    PROCESSES,
    OWN
  }

  /** The application of reports of probes and 2023 clients that name none. */
  static final String UNKNOWN_APPLICATION = "unknown";

  private final ObservationBuffer observations = new ObservationBuffer();
  private final MetricReader metrics = new MetricReader(observations);
  private final MlReader ml = new MlReader(observations, metrics);
  private final ProbeReader probe = new ProbeReader(observations, metrics);
  private final QualityReader quality = new QualityReader(observations, metrics);
  private final Sender sender = new Sender();
  private final EnumSet<Part> parts = EnumSet.noneOf(Part.class);
  private String type;

  /** Reads a text from its first token to its end. */
  public void read(JsonCursor json) throws IOException, UndecodableException {
    observations.clear();
    sender.clear();
    parts.clear();
    type = null;
    if (json.next() == null) {
      throw new UndecodableException(Reason.EMPTY, "the message contains no JSON");
    }
    if (json.token() != JsonToken.START_OBJECT) {
      throw json.fail(Reason.UNKNOWN_SHAPE, "a report must be a JSON object");
    }
    json.enterObject("a report");
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      readPart(json, key);
    }
    if (json.next() != null) {
      throw new UndecodableException(
          Reason.NOT_JSON, "the message contains more than one JSON text");
    }
  }

  private void readPart(JsonCursor json, String key) throws IOException, UndecodableException {
    switch (key) {
      case "metadata" -> {
        parts.add(Part.METADATA);
        sender.read(json);
      }
      case "timestamp" -> readTimestamp(json);
      case "type" -> type = json.textOrSkip();
      case "service", "data" -> {
        parts.add(Part.STAGES);
        ml.stages(json, key);
      }
      case "ml_inference" -> {
        parts.add(Part.STAGES);
        ml.inferences(json);
      }
      case "inference_report" -> {
        parts.add(Part.INFERENCE_REPORT);
        ml.inferenceReport(json);
      }
      case "execution_graph" -> {
        parts.add(Part.EXECUTION_GRAPH);
        ml.executionGraph(json);
      }
      case "metrics" -> {
        parts.add(Part.METRICS);
        metrics.list(json, null, null);
      }
      default -> readOlderPart(json, key);
    }
  }

  private void readOlderPart(JsonCursor json, String key) throws IOException, UndecodableException {
    switch (key) {
      case "cpu", "mem", "gpu" -> {
        parts.add(Part.RESOURCE);
        probe.resource(json, key, null);
      }
      case "container_reports" -> {
        parts.add(Part.CONTAINERS);
        probe.containers(json);
      }
      case "quality" -> {
        parts.add(Part.QUALITY);
        quality.read(json);
      }
      case "proc_cpu_stats", "proc_mem_stats" -> {
        parts.add(Part.PROCESSES);
        probe.processes(json, key.equals("proc_cpu_stats") ? "cpu_usage" : "memory_usage");
      }
      case "report" -> {
        parts.add(Part.OWN);
        own(json);
      }
      default -> json.skip();
    }
  }

  /** The time in {@code metadata} takes precedence over the one beside it, in any order. */
  private void readTimestamp(JsonCursor json) throws IOException, UndecodableException {
    double before = sender.timestamp;
    sender.readTimestamp(json);
    if (!Double.isNaN(before)) {
      sender.timestamp = before;
    }
  }

  private void own(JsonCursor json) throws IOException, UndecodableException {
    if (!json.enterObject("report")) {
      return;
    }
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      int mark = observations.size();
      metrics.record(json);
      metrics.about(json, mark, null, key);
    }
  }

  /** The kind of the report. */
  public ReportKind kind() throws UndecodableException {
    if (parts.contains(Part.INFERENCE_REPORT)) {
      return ReportKind.ROHE;
    } else if (parts.contains(Part.CONTAINERS)) {
      return ReportKind.CONTAINER;
    } else if (parts.contains(Part.QUALITY) && parts.contains(Part.EXECUTION_GRAPH)) {
      return ReportKind.CLIENT_2023;
    } else if (parts.contains(Part.QUALITY) || parts.contains(Part.PROCESSES)) {
      return ReportKind.CLIENT_2022;
    } else if (parts.contains(Part.METRICS)) {
      return ReportKind.GENERAL;
    } else if (parts.contains(Part.STAGES)) {
      return ReportKind.ML;
    } else if (parts.contains(Part.RESOURCE)) {
      return "process".equals(type) || sender.pid != null ? ReportKind.PROCESS : ReportKind.SYSTEM;
    } else if (parts.contains(Part.OWN)) {
      return ReportKind.USER_DEFINED;
    } else if (parts.contains(Part.EXECUTION_GRAPH)) {
      return ReportKind.ROHE;
    }
    throw new UndecodableException(
        Reason.UNKNOWN_SHAPE,
        "the message has none of the keys of a report: service, data, ml_inference,"
            + " inference_report, metrics, cpu, mem, gpu, container_reports, quality,"
            + " proc_cpu_stats, proc_mem_stats, report");
  }

  /** The application of the report. */
  String application(ReportKind kind) throws UndecodableException {
    if (sender.application != null) {
      return sender.application;
    }
    switch (kind) {
      case SYSTEM, PROCESS, CONTAINER, CLIENT_2023 -> {
        return sender.nodeName != null ? sender.nodeName : UNKNOWN_APPLICATION;
      }
      default ->
          throw new UndecodableException(
              Reason.NO_APPLICATION,
              parts.contains(Part.METADATA)
                  ? "/metadata: no application_name in client_config"
                  : "the key metadata, which names the application, is missing");
    }
  }

  /** The stage and instance of the client that sent the report; empty if the report has neither. */
  String sender() {
    String instance = instance();
    if (sender.stage == null) {
      return instance == null ? "" : instance;
    }
    return instance == null ? sender.stage : sender.stage + '/' + instance;
  }

  private String instance() {
    if (sender.instance != null) {
      return sender.instance;
    }
    return sender.nodeName != null ? sender.nodeName : sender.pid;
  }

  /** Seconds since the epoch; NaN if the report has no time. */
  double timestamp() {
    return sender.timestamp;
  }

  /** The observations in the report. */
  public List<Observation> observations(ReportKind kind) {
    return observations.toList(sender.stage == null ? kind.label() : sender.stage, instance());
  }
}
