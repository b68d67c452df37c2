package qoa.engine.evaluate.plan.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Converts between JSON documents and Rego values. */
public final class JsonValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonValues() {}

  /**
   * Reads a JSON document.
   *
   * @param node null or a missing node is undefined
   * @return null for undefined
   * @throws IllegalArgumentException for binary and foreign-object nodes
   */
  public static RegoValue fromJson(JsonNode node) {
    if (node == null) {
      return null;
    }
    return switch (node.getNodeType()) {
      case MISSING -> null;
      case NULL -> RegoNull.NULL;
      case BOOLEAN -> RegoBoolean.of(node.booleanValue());
      case NUMBER -> number(node);
      case STRING -> RegoString.of(node.textValue());
      case ARRAY -> array(node);
      case OBJECT -> object(node);
      default -> throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
    };
  }

  private static RegoNumber number(JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.canConvertToLong()
          ? RegoNumber.of(node.longValue())
          : RegoNumber.of(node.bigIntegerValue());
    }
    return RegoNumber.parse(node.asText());
  }

  private static RegoArray array(JsonNode node) {
    RegoArray array = RegoArray.withCapacity(node.size());
    for (JsonNode element : node) {
      array.append(fromJson(element));
    }
    return array;
  }

  private static RegoObject object(JsonNode node) {
    RegoObject object = new TableObject(node.size());
    node.properties()
        .forEach(e -> object.insert(RegoString.of(e.getKey()), fromJson(e.getValue())));
    return object;
  }

  /**
   * Writes a JSON document. Sets become arrays in their order; keys that are no strings become
   * their JSON text.
   *
   * @param value null (undefined) becomes a missing node
   */
  public static JsonNode toJson(RegoValue value) {
    if (value == null) {
      return NODES.missingNode();
    }
    return switch (value.type()) {
      case NULL -> NODES.nullNode();
      case BOOLEAN -> NODES.booleanNode(((RegoBoolean) value).value());
      case NUMBER -> number((RegoNumber) value);
      case STRING -> NODES.textNode(((RegoString) value).value());
      case ARRAY -> array((RegoArray) value);
      case SET -> array((RegoSet) value);
      case OBJECT -> object((RegoObject) value);
    };
  }

  /**
   * As {@link #toJson}, but made once: what contracts say is asked for in every evaluation. Nobody
   * may change what is returned.
   */
  public static JsonNode sharedJson(RegoObject object) {
    JsonNode known = object.json;
    if (known == null) {
      known = toJson(object);
      object.json = known;
    }
    return known;
  }

  private static JsonNode number(RegoNumber number) {
    if (number.isLong()) {
      long value = number.longValue();
      // As Jackson's parser does, so that equal documents are equal trees.
      return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }
    if (number.isInteger()) {
      return NODES.numberNode(number.bigIntegerValue());
    }
    double nearest = number.doubleValue();
    return Double.isFinite(nearest)
        ? NODES.numberNode(nearest)
        : NODES.numberNode(number.decimalValue());
  }

  private static ArrayNode array(Iterable<RegoValue> elements) {
    ArrayNode array = NODES.arrayNode();
    elements.forEach(e -> array.add(toJson(e)));
    return array;
  }

  private static ObjectNode object(RegoObject object) {
    ObjectNode node = NODES.objectNode();
    object.forEach(e -> node.set(JsonText.keyOf(e.key()), toJson(e.value())));
    return node;
  }
}
