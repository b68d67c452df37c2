package qoa.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Holds events against their JSON Schema; every test that sees an event calls it. */
public final class EventSchema {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA = load();

  private EventSchema() {}

  /** Fails where the event's value does not satisfy the schema. */
  public static void assertValid(Event event) {
    assertValid(EventJson.value(event));
  }

  /** Fails where a message's value does not satisfy the schema. */
  public static void assertValid(byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    assertThat(problems(parse(text))).as("schema problems of %s", text).isEmpty();
  }

  /** Fails where a line of a dry run is no event: {@code type}, {@code id}, and a valid value. */
  public static void assertValidLine(String line) {
    ObjectNode event = (ObjectNode) parse(line);
    assertThat(event.fieldNames()).toIterable().startsWith("type", "id");
    assertThat(event.remove("type").asText()).startsWith("qoa.");
    assertThat(event.remove("id").asText()).matches("[0-9a-f]{32}");
    assertThat(problems(event)).as("schema problems of %s", line).isEmpty();
  }

  static Set<ValidationMessage> problems(JsonNode value) {
    return SCHEMA.validate(
        value, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  private static JsonSchema load() {
    try (InputStream schema = EventJson.class.getResourceAsStream(EventJson.SCHEMA)) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
