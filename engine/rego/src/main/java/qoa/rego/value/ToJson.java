package qoa.rego.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import qoa.rego.budget.Budget;

/** Makes JSON of one value, or of its beginning. */
final class ToJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Budget budget;
  private final int levels;

  /** Characters and elements that may still be made. */
  private long left;

  ToJson(Budget budget, int levels) {
    this(budget, levels, Long.MAX_VALUE);
  }

  /**
   * @param levels deeper values are left out
   * @param size values after so many characters and elements are left out
   */
  ToJson(Budget budget, int levels, long size) {
    this.budget = budget;
    this.levels = levels;
    this.left = size;
  }

  /** The JSON of a value at a level, from 0. */
  JsonNode of(RegoValue value, int level) {
    left--;
    return switch (value.type()) {
      case NULL -> NODES.nullNode();
      case BOOLEAN -> NODES.booleanNode(((RegoBoolean) value).value());
      case NUMBER -> number((RegoNumber) value);
      case STRING -> text(((RegoString) value).value());
      case ARRAY -> array((RegoArray) value, level);
      case SET -> {
        Costs.order(budget, value);
        yield array((RegoSet) value, level);
      }
      case OBJECT -> object((RegoObject) value, level);
    };
  }

  private JsonNode text(String text) {
    String beginning = text.length() <= left ? text : text.substring(0, (int) Math.max(0, left));
    left -= beginning.length();
    return NODES.textNode(beginning);
  }

  private JsonNode number(RegoNumber number) {
    if (number.isLong()) {
      long value = number.longValue();
      // As Jackson's parser does, so that equal documents are equal trees.
      return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }
    if (!number.isSmall()) {
      budget.charge(number.weight());
    }
    if (number.isInteger()) {
      return NODES.numberNode(number.bigIntegerValue());
    }
    double nearest = number.doubleValue();
    return Double.isFinite(nearest)
        ? NODES.numberNode(nearest)
        : NODES.numberNode(number.decimalValue());
  }

  private ArrayNode array(Iterable<RegoValue> elements, int level) {
    ArrayNode array = NODES.arrayNode();
    if (level < levels) {
      for (RegoValue element : elements) {
        if (left <= 0) {
          array.addNull(); // marks that something follows
          break;
        }
        budget.elements(1);
        array.add(of(element, level + 1));
      }
    }
    return array;
  }

  private ObjectNode object(RegoObject object, int level) {
    ObjectNode node = NODES.objectNode();
    if (level < levels) {
      Costs.order(budget, object);
      for (RegoObject.Entry entry : object) {
        if (left <= 0) {
          node.putNull("");
          break;
        }
        budget.elements(2);
        String key = JsonText.keyOf(entry.key(), budget);
        left -= key.length();
        node.set(key, of(entry.value(), level + 1));
      }
    }
    return node;
  }
}
