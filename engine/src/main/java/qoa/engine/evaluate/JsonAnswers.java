package qoa.engine.evaluate;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers that came as JSON, where sets are arrays. */
public final class JsonAnswers implements Answers<JsonNode> {

  @Override
  public Iterable<JsonNode> elements(JsonNode value) {
    return value.isArray() ? value : null;
  }

  @Override
  public boolean isObject(JsonNode value) {
    return value.isObject();
  }

  @Override
  public JsonNode get(JsonNode object, Key key) {
    JsonNode value = object.get(key.label());
    return value == null || value.isNull() ? null : value;
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
