package qoa.core.lifecycle;

import static qoa.core.lifecycle.JsonFields.time;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import qoa.core.model.Position;
import qoa.core.model.Promise;
import qoa.core.model.Texts;
import qoa.core.model.Verdict;
import qoa.core.model.Window;

/**
 * Events as JSON; {@code violation-event.schema.json} in this package is their schema. Fields have
 * a fixed order, absent fields are left out, times are RFC 3339 in UTC, and numbers are written
 * alike on every JDK: equal events give equal bytes. Any thread may call it.
 */
public final class EventJson {

  /** The JSON Schema of {@link #value}, as a resource of this class. */
  static final String SCHEMA = "violation-event.schema.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  /** The parts of a verdict are bounded already; roles come from the contract. */
  private static final int MAX_ROLES_BYTES = 4 * 1024;

  private EventJson() {}

  /**
   * The value of the Kafka message, in UTF-8. An invalid character, such as half a surrogate pair
   * in a policy's message, becomes a {@code ?}.
   */
  public static byte[] value(Event event) {
    return write(event, false).getBytes(StandardCharsets.UTF_8);
  }

  /** The same with {@code type} and {@code id} in front; one line, without its end. */
  public static String line(Event event) {
    return write(event, true);
  }

  private static String write(Event event, boolean named) {
    CharArrayWriter text = new CharArrayWriter(1024); // takes whole arrays; a StringWriter does not
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (named) {
        json.writeStringField("type", event.type().label());
        json.writeStringField("id", event.id());
      }
      writeStakeholders(json, event);
      writeVerdict(json, event.verdict());
      writeEvaluation(json, event.evaluation(), event.evidence());
      if (event.since() != null) {
        json.writeStringField("since", time(event.since()));
      }
      if (event.reason() != null) {
        json.writeStringField("reason", event.reason().label());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  private static void writeStakeholders(JsonGenerator json, Event event) throws IOException {
    Event.ContractRef contract = event.evaluation().contract();
    json.writeObjectFieldStart("contract");
    json.writeStringField("id", contract.id());
    json.writeStringField("version", contract.version());
    json.writeEndObject();
    if (event.stakeholder() != null) {
      json.writeObjectFieldStart("stakeholder");
      json.writeStringField("id", event.stakeholder().id());
      writeStrings(json, "roles", Texts.cut(event.stakeholder().roles(), MAX_ROLES_BYTES));
      json.writeEndObject();
    }
    if (event.promise().consumers() != null) {
      writeStrings(json, "consumers", event.promise().consumers());
    }
  }

  private static void writeVerdict(JsonGenerator json, Verdict verdict) throws IOException {
    Promise promise = verdict.promise();
    writeString(json, "constraint", promise.constraint());
    writeString(json, "stage", promise.stage());
    writeString(json, "instance", promise.instance());
    writeString(json, "metric", promise.metric());
    writeString(json, "aggregate", promise.aggregate());
    writeNode(json, "observed", verdict.finding().observed());
    writeNode(json, "expected", promise.expected());
    writeString(json, "severity", promise.severity());
    writeString(json, "message", verdict.finding().message());
  }

  private static void writeEvaluation(
      JsonGenerator json, Event.EvaluationRef evaluation, Event.Evidence evidence)
      throws IOException {
    writeString(json, "application", evaluation.application());
    writeWindow(json, evaluation.window());
    json.writeNumberField("reports", evaluation.reports());
    if (evaluation.late()) {
      json.writeBooleanField("late", true);
    }
    if (evidence != null) {
      json.writeObjectFieldStart("evidence");
      writePosition(json, "first", evidence.first());
      writePosition(json, "last", evidence.last());
      writePosition(json, "worst", evidence.worst());
      json.writeEndObject();
    }
    json.writeObjectFieldStart("policy");
    json.writeStringField("package", evaluation.policy().packageName());
    json.writeStringField("revision", evaluation.policy().revision());
    json.writeEndObject();
  }

  private static void writeWindow(JsonGenerator json, Window window) throws IOException {
    json.writeObjectFieldStart("window");
    String start = time(window.start());
    json.writeStringField("start", start);
    json.writeStringField("end", window.end() == window.start() ? start : time(window.end()));
    json.writeEndObject();
  }

  private static void writePosition(JsonGenerator json, String name, Position position)
      throws IOException {
    if (position != null) {
      json.writeObjectFieldStart(name);
      json.writeStringField("topic", position.topic());
      json.writeNumberField("partition", position.partition());
      json.writeNumberField("offset", position.offset());
      json.writeEndObject();
    }
  }

  private static void writeString(JsonGenerator json, String name, String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void writeStrings(JsonGenerator json, String name, Iterable<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static void writeNode(JsonGenerator json, String name, JsonNode value)
      throws IOException {
    if (value != null && !value.isNull()) {
      json.writeFieldName(name);
      if (value.isDouble()) { // most values are; writeTree makes a serializer for each
        json.writeNumber(value.doubleValue());
      } else {
        json.writeTree(value);
      }
    }
  }
}
