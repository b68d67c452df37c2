package qoa.core.contracts;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;
import static qoa.core.documents.Document.child;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import qoa.core.documents.NearestName;

/**
 * Rewrites the messages of the schema validator for contract authors: the value, the allowed
 * values, and the nearest allowed word. The branches of an {@code anyOf} each report a mistake; one
 * message replaces them.
 */
final class ContractSchemaMessages {

  /**
   * The path to an {@code anyOf}, and the path from one of its branches to the keyword that failed.
   */
  private static final Pattern ANY_OF = Pattern.compile("(.*?)/anyOf/\\d+(.*)");

  private static final Pattern STEP_INTO_VALUE = Pattern.compile("/items(?=/)|/properties/");

  private static final String ONE_OF = "one of ";
  private static final String OR = " or ";

  private final JsonStructure schema;
  private final JsonStructure contract;
  private final ProblemList problems;

  ContractSchemaMessages(JsonStructure schema, JsonStructure contract, ProblemList problems) {
    this.schema = schema;
    this.contract = contract;
    this.problems = problems;
  }

  /** Adds one problem for each value that does not match. */
  void add(Collection<ValidationMessage> messages) {
    messages.stream()
        .collect(groupingBy(ContractSchemaMessages::choice, LinkedHashMap::new, toList()))
        .values()
        .forEach(this::addOne);
  }

  /** A key that is the same for all branches of an {@code anyOf} at one value. */
  private static String choice(ValidationMessage message) {
    String path = message.getEvaluationPath().toString();
    String place = place(message);
    Matcher anyOf = ANY_OF.matcher(path);
    if (!anyOf.matches()) {
      return path + ' ' + place + ' ' + message.getProperty();
    }
    for (long i = STEP_INTO_VALUE.matcher(anyOf.group(2)).results().count(); i > 0; i--) {
      place = place.substring(0, place.lastIndexOf('/'));
    }
    return anyOf.group(1) + ' ' + place;
  }

  /** The author probably meant the branch that matches deepest into the value. */
  private void addOne(List<ValidationMessage> branches) {
    String place =
        branches.stream()
            .map(ContractSchemaMessages::place)
            .max(comparingInt(String::length))
            .orElseThrow();
    List<ValidationMessage> meant =
        branches.stream().filter(branch -> place(branch).equals(place)).toList();
    ValidationMessage first = meant.get(0);
    if (first.getType().equals("required")) {
      missing(place, first);
      return;
    }
    Set<String> words = keyword(meant, "enum");
    JsonValue found = Json.createPointer(place).getValue(contract);
    if (found instanceof JsonString text && !words.isEmpty()) {
      String hint = NearestName.hint(text.getString(), words);
      problems.expected(place, ONE_OF + String.join(", ", words) + hint);
    } else {
      Set<String> types = keyword(meant, "type");
      problems.expected(
          place,
          types.isEmpty()
              ? first.getError()
              : types.stream()
                  .map(ContractSchemaMessages::inWords)
                  .distinct()
                  .collect(joining(OR)));
    }
  }

  private void missing(String place, ValidationMessage message) {
    String key = message.getProperty();
    if (Json.createPointer(place).getValue(contract) instanceof JsonObject object) {
      NearestName.to(key, object.keySet())
          .filter(near -> problems.has(child(place, near))) // an unknown key
          .ifPresent(near -> problems.addMisspelt(place, near, key));
    }
    String owner = message.getSchemaLocation().getFragment().getParent().toString();
    problems.expected(child(place, key), allowed(owner + "/properties/" + key));
  }

  /**
   * What the schema allows, in words.
   *
   * @param place a pointer into the schema
   */
  private String allowed(String place) {
    JsonObject rule = Json.createPointer(place).getValue(schema).asJsonObject();
    if (rule.containsKey("$ref")) {
      return allowed(rule.getString("$ref").substring(1));
    }
    if (rule.containsKey("anyOf")) {
      JsonArray branches = rule.getJsonArray("anyOf");
      return IntStream.range(0, branches.size())
          .mapToObj(i -> allowed(place + "/anyOf/" + i))
          .filter(words -> branches.size() == 1 || !words.startsWith(ONE_OF))
          .distinct()
          .collect(joining(OR));
    }
    return rule.containsKey("enum")
        ? rule.getJsonArray("enum").getValuesAs(JsonString::getString).stream()
            .collect(joining(", ", ONE_OF, ""))
        : inWords(rule.getString("type"));
  }

  /** The values of a keyword in the schema, from the messages about that keyword. */
  private static Set<String> keyword(List<ValidationMessage> messages, String keyword) {
    return messages.stream()
        .filter(message -> message.getType().equals(keyword))
        .map(ValidationMessage::getSchemaNode)
        .flatMap(node -> node.isArray() ? stream(node) : Stream.of(node))
        .map(JsonNode::asText)
        .collect(toCollection(LinkedHashSet::new));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String place(ValidationMessage message) {
    return message.getInstanceLocation().toString();
  }

  private static String inWords(String type) {
    return switch (type) {
      case "array" -> "a list";
      case "object" -> "a map";
      case "string" -> "a string";
      case "boolean" -> "true or false";
      case "null" -> "nothing";
      default -> "a number";
    };
  }
}
