package qoa.rego.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import qoa.rego.budget.Budget;

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
    return fromJson(node, Budget.UNLIMITED);
  }

  /** As {@link #fromJson(JsonNode)}; {@code budget} pays for what is made. */
  public static RegoValue fromJson(JsonNode node, Budget budget) {
    if (node == null) {
      return null;
    }
    return switch (node.getNodeType()) {
      case MISSING -> null;
      case NULL -> RegoNull.NULL;
      case BOOLEAN -> RegoBoolean.of(node.booleanValue());
      case NUMBER -> number(node, budget);
      case STRING -> RegoString.of(node.textValue());
      case ARRAY -> array(node, budget);
      case OBJECT -> object(node, budget);
      default -> throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
    };
  }

  private static RegoNumber number(JsonNode node, Budget budget) {
    if (node.isIntegralNumber()) {
      return node.canConvertToLong()
          ? RegoNumber.of(node.longValue())
          : RegoNumber.parse(node.asText(), budget);
    }
    return RegoNumber.parse(node.asText(), budget);
  }

  private static RegoArray array(JsonNode node, Budget budget) {
    budget.elements(1L + node.size());
    RegoArray array = RegoArray.withCapacity(node.size());
    for (JsonNode element : node) {
      array.append(fromJson(element, budget));
    }
    return array;
  }

  private static RegoObject object(JsonNode node, Budget budget) {
    budget.elements(2L + node.size());
    RegoObject object = new TableObject(node.size());
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      object.insert(RegoString.of(entry.getKey()), fromJson(entry.getValue(), budget));
    }
    return object;
  }

  /**
   * Writes a JSON document. Sets become arrays in their order; keys that are not strings become
   * their JSON text.
   *
   * @param value null (undefined) becomes a missing node
   */
  public static JsonNode toJson(RegoValue value) {
    return toJson(value, Budget.UNLIMITED);
  }

  /** As {@link #toJson(RegoValue)}; {@code budget} pays for what is made. */
  public static JsonNode toJson(RegoValue value, Budget budget) {
    return value == null
        ? NODES.missingNode()
        : new ToJson(budget, RegoComposite.MAX_DEPTH).of(value, 0);
  }

  /**
   * The beginning of a value that may be large: at most so many levels, and not much more than so
   * many characters and elements. A null marks the place from which on something is left out, so
   * ask for more than you need.
   *
   * @param value not null
   */
  public static JsonNode beginning(RegoValue value, int levels, int size) {
    return new ToJson(Budget.UNLIMITED, levels, size).of(value, 0);
  }

  /**
   * As {@link #toJson}, but made once for each object, because evaluations ask for the same parts
   * of data again and again. Callers must not change the result.
   */
  public static JsonNode sharedJson(RegoObject object) {
    JsonNode known = object.json;
    if (known == null) {
      known = toJson(object);
      object.json = known;
    }
    return known;
  }
}
