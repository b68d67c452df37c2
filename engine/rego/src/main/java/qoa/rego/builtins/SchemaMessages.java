package qoa.rego.builtins;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoString;

/** Violations of a JSON Schema in the words that OPA's validator has for the common ones. */
final class SchemaMessages {
  private static final String TYPES = "[array boolean integer number null object string]";

  private SchemaMessages() {}

  /** Why a schema is none. */
  static String ofSchema(ValidationMessage problem) {
    String path = problem.getInstanceLocation().toString();
    if (path.endsWith(".type")) {
      return "has a primitive type that is NOT VALID -- given: /"
          + problem.getInstanceNode().asText()
          + "/ Expected valid values are:"
          + TYPES;
    }
    return problem.getMessage();
  }

  /** Why a document does not match. */
  static RegoObject ofDocument(ValidationMessage problem) {
    String field = field(problem);
    String description = description(problem, field);
    return RegoObject.builder()
        .put("error", RegoString.of(field + ": " + description))
        .put("type", RegoString.of(type(problem)))
        .put("field", RegoString.of(field))
        .put("desc", RegoString.of(description))
        .build();
  }

  private static String field(ValidationMessage problem) {
    StringBuilder path = new StringBuilder();
    int names = problem.getInstanceLocation().getNameCount();
    for (int i = 0; i < names; i++) {
      path.append(i == 0 ? "" : ".").append(problem.getInstanceLocation().getElement(i));
    }
    return names == 0 ? "(root)" : path.toString();
  }

  private static String type(ValidationMessage problem) {
    return switch (problem.getType()) {
      case "type" -> "invalid_type";
      case "additionalProperties" -> "additional_property_not_allowed";
      case "minimum" -> "number_gte";
      case "maximum" -> "number_lte";
      case "exclusiveMinimum" -> "number_gt";
      case "exclusiveMaximum" -> "number_lt";
      case "multipleOf" -> "multiple_of";
      case "minLength" -> "string_gte";
      case "maxLength" -> "string_lte";
      case "minItems" -> "array_min_items";
      case "maxItems" -> "array_max_items";
      case "minProperties" -> "array_min_properties";
      case "maxProperties" -> "array_max_properties";
      case "uniqueItems" -> "unique";
      case "anyOf" -> "number_any_of";
      case "oneOf" -> "number_one_of";
      case "allOf" -> "number_all_of";
      case "not" -> "number_not";
      default -> problem.getType();
    };
  }

  private static String description(ValidationMessage problem, String field) {
    JsonNode limit = problem.getSchemaNode();
    String text = limit == null ? "" : limit.isTextual() ? limit.asText() : limit.toString();
    return switch (problem.getType()) {
      case "type" ->
          "Invalid type. Expected: " + text + ", given: " + typeOf(problem.getInstanceNode());
      case "required" -> problem.getProperty() + " is required";
      case "additionalProperties" ->
          "Additional property " + problem.getProperty() + " is not allowed";
      case "enum" -> field + " must be one of the following: " + enumeration(limit);
      case "const" -> field + " does not match: " + limit;
      case "minimum" -> "Must be greater than or equal to " + text;
      case "maximum" -> "Must be less than or equal to " + text;
      case "exclusiveMinimum" -> "Must be greater than " + text;
      case "exclusiveMaximum" -> "Must be less than " + text;
      case "multipleOf" -> "Must be a multiple of " + text;
      case "minLength" -> "String length must be greater than or equal to " + text;
      case "maxLength" -> "String length must be less than or equal to " + text;
      case "pattern" -> "Does not match pattern '" + text + "'";
      case "format" -> "Does not match format '" + text + "'";
      case "minItems" -> "Array must have at least " + text + " items";
      case "maxItems" -> "Array must have at most " + text + " items";
      case "minProperties" -> "Must have at least " + text + " properties";
      case "maxProperties" -> "Must have at most " + text + " properties";
      case "anyOf" -> "Must validate at least one schema (anyOf)";
      case "oneOf" -> "Must validate one and only one schema (oneOf)";
      case "not" -> "Must not validate the schema (not)";
      default -> problem.getMessage();
    };
  }

  private static String enumeration(JsonNode values) {
    StringBuilder list = new StringBuilder();
    values.forEach(value -> list.append(list.length() == 0 ? "" : ", ").append(value));
    return list.toString();
  }

  private static String typeOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> node.isIntegralNumber() ? "integer" : "number";
      case BOOLEAN -> "boolean";
      case ARRAY -> "array";
      case OBJECT -> "object";
      default -> "null";
    };
  }
}
