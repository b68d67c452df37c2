package qoa.core.lifecycle;

import static qoa.core.lifecycle.JsonFields.millis;
import static qoa.core.lifecycle.JsonFields.stakeholder;
import static qoa.core.lifecycle.JsonFields.time;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import qoa.core.model.Partition;
import qoa.core.model.Promise;
import qoa.core.model.Verdict;
import qoa.core.model.Window;

/**
 * Statuses as JSON, for subscribers; the field {@code engine} has what an engine needs to continue.
 * Any thread may call it.
 */
public final class StatusJson {

  /** Events repeat these numbers, so they stay exactly as a policy gave them. */
  private static final JsonMapper JSON = ExactJson.MAPPER;

  private StatusJson() {}

  /** The value of the Kafka message, in UTF-8. */
  public static byte[] write(Status status) {
    ObjectNode json = JSON.createObjectNode();
    Event.EvaluationRef evaluation = status.evaluation();
    json.put("verdict", status.verdict().kind().label());
    json.put("open", status.state().open());
    if (status.state().open()) {
      json.put("since", time(status.state().since()));
    }
    json.putObject("contract")
        .put("id", evaluation.contract().id())
        .put("version", evaluation.contract().version());
    if (status.stakeholder() != null) {
      ArrayNode roles =
          json.putObject("stakeholder").put("id", status.stakeholder().id()).putArray("roles");
      status.stakeholder().roles().forEach(roles::add);
    }
    writeVerdict(json, status.verdict());
    json.put("application", evaluation.application());
    json.putObject("window")
        .put("start", time(evaluation.window().start()))
        .put("end", time(evaluation.window().end()));
    json.put("reports", evaluation.reports());
    json.putObject("policy")
        .put("package", evaluation.policy().packageName())
        .put("revision", evaluation.policy().revision());
    writeEngine(json.putObject("engine"), status);
    try {
      // By way of a string: an invalid character, such as half a surrogate pair, becomes a "?".
      return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  private static void writeEngine(ObjectNode json, Status status) {
    json.put("topic", status.partition().topic());
    json.put("partition", status.partition().partition());
    json.put("fingerprint", status.fingerprint());
    json.put("wildcard", status.wildcard());
    PromiseState state = status.state();
    if (state.violated() != null) {
      json.put("streak", state.streak());
      json.put("since", state.since());
      writeVerdict(json.putObject("violated"), state.violated());
    }
  }

  private static void writeVerdict(ObjectNode json, Verdict verdict) {
    Promise promise = verdict.promise();
    if (promise.consumers() != null) {
      ArrayNode consumers = json.putArray("consumers");
      promise.consumers().forEach(consumers::add);
    }
    put(json, "constraint", promise.constraint());
    put(json, "stage", promise.stage());
    put(json, "instance", promise.instance());
    put(json, "metric", promise.metric());
    put(json, "aggregate", promise.aggregate());
    put(json, "observed", verdict.finding().observed());
    put(json, "expected", promise.expected());
    put(json, "severity", promise.severity());
    put(json, "message", verdict.finding().message());
  }

  private static void put(ObjectNode json, String name, String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void put(ObjectNode json, String name, JsonNode value) {
    if (value != null && !value.isNull()) {
      json.set(name, value);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException where it is something else; the message describes it
   */
  public static Status read(byte[] value) throws IOException {
    try {
      return read(JSON.readTree(value));
    } catch (RuntimeException e) {
      throw new IOException("not a status that an engine wrote: " + e.getMessage(), e);
    }
  }

  private static Status read(JsonNode json) {
    JsonNode engine = json.required("engine");
    Event.StakeholderRef stakeholder = stakeholder(json.get("stakeholder"));
    String accountable = stakeholder == null ? null : stakeholder.id();
    Verdict.Kind kind =
        Verdict.Kind.valueOf(json.required("verdict").asText().toUpperCase(Locale.ROOT));
    return new Status(
        evaluation(json),
        stakeholder,
        JsonFields.verdict(kind, accountable, json),
        state(json.required("open").asBoolean(), accountable, engine),
        new Partition(engine.required("topic").asText(), engine.required("partition").asInt()),
        engine.required("fingerprint").asText(),
        engine.required("wildcard").asBoolean());
  }

  private static PromiseState state(boolean open, String stakeholder, JsonNode engine) {
    return engine.has("violated")
        ? new PromiseState(
            open,
            engine.required("streak").asInt(),
            engine.required("since").asLong(),
            JsonFields.verdict(Verdict.Kind.VIOLATED, stakeholder, engine.required("violated")))
        : PromiseState.KEPT;
  }

  private static Event.EvaluationRef evaluation(JsonNode json) {
    JsonNode window = json.required("window");
    return new Event.EvaluationRef(
        new Event.ContractRef(
            json.at("/contract/id").asText(), json.at("/contract/version").asText()),
        new Event.PolicyRef(
            json.at("/policy/package").asText(), json.at("/policy/revision").asText()),
        json.required("application").asText(),
        new Window(millis(window.required("start")), millis(window.required("end"))),
        json.required("reports").asLong(),
        false);
  }
}
