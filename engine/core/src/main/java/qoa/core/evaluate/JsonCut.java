package qoa.core.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import qoa.core.model.Texts;

/**
 * Cuts JSON to what an event may hold. Where something was left out stands {@value Texts#CUT}: at
 * the end of a string, as the last element of a list, as the last key of an object, and in place of
 * what is nested too deeply.
 */
final class JsonCut {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A comma, a colon, and the quotes or brackets of a value. */
  private static final int OVERHEAD = 4;

  private static final int MARK_BYTES = 32;

  private final int levels;

  /** Bytes that may still be written. */
  private int left;

  private boolean isCut;

  private JsonCut(int levels, int bytes) {
    this.levels = levels;
    this.left = bytes - MARK_BYTES;
  }

  /**
   * A value that fits, or its beginning that does.
   *
   * @param value null for null
   * @param levels how deep lists and objects may be nested
   * @param bytes how long its JSON may be, in UTF-8
   */
  static JsonNode cut(JsonNode value, int levels, int bytes) {
    if (value == null || value.isBoolean() || value.isNull() || value.isDouble() || value.isInt()) {
      return value;
    }
    JsonCut cut = new JsonCut(levels, bytes);
    JsonNode beginning = cut.of(value, 0);
    return cut.isCut ? beginning : value;
  }

  private JsonNode of(JsonNode value, int level) {
    if (value.isTextual()) {
      return text(value.textValue());
    }
    if (value.isContainerNode() && level >= levels) {
      return mark();
    }
    if (value.isArray()) {
      return array(value, level);
    }
    return value.isObject() ? object(value, level) : scalar(value);
  }

  private JsonNode mark() {
    isCut = true;
    left -= MARK_BYTES;
    return TextNode.valueOf(Texts.CUT);
  }

  private JsonNode scalar(JsonNode value) {
    String text = value.asText();
    left -= OVERHEAD + text.length();
    return left >= 0 ? value : mark();
  }

  private JsonNode text(String text) {
    String fitting = Texts.cut(text, Math.max(0, left));
    isCut |= fitting.length() != text.length();
    left -= OVERHEAD + Texts.bytes(fitting);
    return TextNode.valueOf(fitting);
  }

  private JsonNode array(JsonNode value, int level) {
    ArrayNode array = NODES.arrayNode();
    left -= OVERHEAD;
    for (JsonNode element : value) {
      if (left <= 0) {
        array.add(mark());
        break;
      }
      array.add(of(element, level + 1));
    }
    return array;
  }

  private JsonNode object(JsonNode value, int level) {
    ObjectNode object = NODES.objectNode();
    left -= OVERHEAD;
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      int key = OVERHEAD + Texts.bytes(entry.getKey());
      if (left <= key) {
        object.set(Texts.CUT, mark());
        break;
      }
      left -= key;
      object.set(entry.getKey(), of(entry.getValue(), level + 1));
    }
    return object;
  }
}
