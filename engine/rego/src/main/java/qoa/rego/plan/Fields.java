package qoa.rego.plan;

import static qoa.rego.plan.PlanReader.list;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The fields of one statement. */
record Fields(JsonNode json) {

  /**
   * A variable.
   *
   * @throws PlanFormatException if there is no integer of that name
   */
  int variable(String name) {
    JsonNode local = json.path(name);
    if (!local.canConvertToInt()) {
      throw new PlanFormatException("no variable " + name + " in " + json);
    }
    return local.intValue();
  }

  /** The variables in an array. */
  List<Integer> variables(String name) {
    return list(json.path(name), JsonNode::asInt);
  }

  /**
   * An operand.
   *
   * @throws PlanFormatException if there is none of that name, or it is malformed
   */
  Operand operand(String name) {
    return operand(json.path(name));
  }

  /** The operands in an array. */
  List<Operand> operands(String name) {
    return list(json.path(name), Fields::operand);
  }

  private static Operand operand(JsonNode operand) {
    JsonNode value = operand.path("value");
    return switch (operand.path("type").asText()) {
      case "local" -> new Operand.Local(number(operand, value));
      case "string_index" -> new Operand.StringIndex(number(operand, value));
      case "bool" -> new Operand.Bool(value.asBoolean());
      default -> throw new PlanFormatException("unknown operand: " + operand);
    };
  }

  private static int number(JsonNode operand, JsonNode value) {
    if (!value.canConvertToInt()) {
      throw new PlanFormatException("no number in operand: " + operand);
    }
    return value.intValue();
  }

  /** An integer; 0 where there is none. */
  long integer(String name) {
    return json.path(name).asLong();
  }

  /** A text; empty where there is none. */
  String text(String name) {
    return json.path(name).asText();
  }

  /** The number of a string. Newer compilers write {@code index}, older ones {@code Index}. */
  int index() {
    return json.has("index") ? json.get("index").asInt() : json.path("Index").asInt();
  }

  /** What a statement holds. */
  JsonNode at(String name) {
    return json.path(name);
  }

  /** The place of the statement, whose file is one of {@code files}. */
  Location location(List<String> files) {
    int file = json.path("file").asInt(-1);
    return file < 0 || file >= files.size()
        ? Location.UNKNOWN
        : new Location(files.get(file), json.path("row").asInt(), json.path("col").asInt());
  }
}
