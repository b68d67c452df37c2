package qoa.core.lifecycle;

import static qoa.core.lifecycle.JsonFields.millis;
import static qoa.core.lifecycle.JsonFields.text;
import static qoa.core.lifecycle.JsonFields.texts;
import static qoa.core.lifecycle.JsonFields.time;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import qoa.core.model.Partition;
import qoa.core.model.Verdict;
import qoa.core.model.Window;

/**
 * Statuses as JSON: what subscribers read, and under {@code engine} what an engine needs to go on
 * from there. Any thread may call it.
 */
public final class StatusJson {

  /** A number may be said again in an event: it stays what a policy made it. */
  private static final JsonMapper JSON = ExactJson.MAPPER;

  private StatusJson() {}

  /** The value of the Kafka message, in UTF-8. */
  public static byte[] write(Status status) {
    ObjectNode json = JSON.createObjectNode();
    Verdict verdict = status.verdict();
    json.put("verdict", verdict.kind().label());
    json.put("open", status.state().open());
    if (status.state().open()) {
      json.put("since", time(status.state().since()));
    }
    json.putObject("contract")
        .put("id", status.contract().id())
        .put("version", status.contract().version());
    if (status.stakeholder() != null) {
      ArrayNode roles =
          json.putObject("stakeholder").put("id", status.stakeholder().id()).putArray("roles");
      status.stakeholder().roles().forEach(roles::add);
    }
    writeVerdict(json, verdict);
    json.put("application", status.application());
    json.putObject("window")
        .put("start", time(status.window().start()))
        .put("end", time(status.window().end()));
    json.put("reports", status.reports());
    json.putObject("policy")
        .put("package", status.policy().packageName())
        .put("revision", status.policy().revision());
    writeEngine(json.putObject("engine"), status);
    try {
      // By way of a string: what is no character, such as half a surrogate pair, becomes a "?".
      return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  private static void writeEngine(ObjectNode json, Status status) {
    json.put("topic", status.home().topic());
    json.put("partition", status.home().partition());
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
    if (verdict.consumers() != null) {
      ArrayNode consumers = json.putArray("consumers");
      verdict.consumers().forEach(consumers::add);
    }
    put(json, "constraint", verdict.constraint());
    put(json, "stage", verdict.stage());
    put(json, "instance", verdict.instance());
    put(json, "metric", verdict.metric());
    put(json, "aggregate", verdict.aggregate());
    put(json, "observed", verdict.observed());
    put(json, "expected", verdict.expected());
    put(json, "severity", verdict.severity());
    put(json, "message", verdict.message());
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
   * @throws IOException where it is something else; the message says what
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
    JsonNode stakeholder = json.get("stakeholder");
    String by = stakeholder == null ? null : stakeholder.required("id").asText();
    Verdict.Kind kind =
        Verdict.Kind.valueOf(json.required("verdict").asText().toUpperCase(Locale.ROOT));
    boolean open = json.required("open").asBoolean();
    PromiseState state =
        engine.has("violated")
            ? new PromiseState(
                open,
                engine.required("streak").asInt(),
                engine.required("since").asLong(),
                readVerdict(Verdict.Kind.VIOLATED, by, engine.required("violated")))
            : PromiseState.KEPT;
    return new Status(
        new Event.ContractRef(
            json.at("/contract/id").asText(), json.at("/contract/version").asText()),
        engine.required("wildcard").asBoolean(),
        json.required("application").asText(),
        by == null
            ? null
            : new Event.StakeholderRef(
                by, new LinkedHashSet<>(texts(stakeholder.required("roles")))),
        readVerdict(kind, by, json),
        state,
        new Window(
            millis(json.required("window").required("start")),
            millis(json.required("window").required("end"))),
        json.required("reports").asLong(),
        new Event.PolicyRef(
            json.at("/policy/package").asText(), json.at("/policy/revision").asText()),
        new Partition(engine.required("topic").asText(), engine.required("partition").asInt()),
        engine.required("fingerprint").asText());
  }

  private static Verdict readVerdict(Verdict.Kind kind, String stakeholder, JsonNode json) {
    return new Verdict(
        kind,
        stakeholder,
        texts(json.get("consumers")),
        text(json, "constraint"),
        text(json, "stage"),
        text(json, "instance"),
        text(json, "metric"),
        text(json, "aggregate"),
        json.get("observed"),
        json.get("expected"),
        text(json, "severity"),
        text(json, "message"));
  }
}
