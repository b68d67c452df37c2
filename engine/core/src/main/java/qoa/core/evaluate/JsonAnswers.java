package qoa.core.evaluate;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers that came as JSON, where sets are arrays. */
public final class JsonAnswers implements Answers<JsonNode> {

  private static final Key[] KEYS = Key.values();

  @Override
  public Iterable<JsonNode> elements(JsonNode value) {
    return value.isArray() ? value : null;
  }

  @Override
  public boolean isObject(JsonNode value) {
    return value.isObject();
  }

  @Override
  public JsonNode[] values(JsonNode object) {
    JsonNode[] values = new JsonNode[KEYS.length];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = object.get(KEYS[i].label());
      values[i] = value == null || value.isNull() ? null : value;
    }
    return values;
  }

  @Override
  public String text(JsonNode value) {
    return value.textValue();
  }

  @Override
  public JsonNode json(JsonNode value) {
    return value;
  }
}
