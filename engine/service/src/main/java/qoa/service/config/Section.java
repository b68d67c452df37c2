package qoa.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import qoa.core.documents.Document;
import qoa.core.documents.DurationText;
import qoa.core.documents.NearestName;
import qoa.core.documents.Problem;
import qoa.core.settings.Checks;
import qoa.core.settings.Secret;
import qoa.core.settings.SecretKeys;

/**
 * One map of {@code engine.yaml}. Each mistake is recorded as a problem, and reading continues with
 * the default, so that all mistakes are found at once. Keys that are not settings are mistakes.
 */
final class Section {

  /** The expected content of a section, for messages. */
  static final String SETTINGS = "a map of settings";

  /** The user of a URL, often with a password. */
  private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s\"]*@");

  private static final String SIZE = "a size such as 512KiB or 1MiB, or a number of bytes";

  private final Document document;
  private final String pointer;
  private final JsonNode node;
  private final Substitution substitution;
  private final List<Problem> problems;
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * @param node an object, or missing; anything else is a problem and counts as missing
   * @param expected the expected content of the node, for messages
   * @param problems problems are added to it
   */
  Section(
      Document document,
      String pointer,
      JsonNode node,
      String expected,
      Substitution substitution,
      List<Problem> problems) {
    this.document = document;
    this.pointer = pointer;
    this.substitution = substitution;
    this.problems = problems;
    if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
      problem(pointer, node, expected);
    }
    this.node = node.isObject() ? node : JsonNodeFactory.instance.objectNode();
  }

  Section section(String key) {
    return section(key, SETTINGS);
  }

  Section section(String key, String expected) {
    return new Section(document, at(key), get(key), expected, substitution, problems);
  }

  /** Whether the value of a key is exactly this text. */
  boolean hasText(String key, String text) {
    return get(key).isTextual() && get(key).textValue().equals(text);
  }

  String text(String key, String fallback) {
    return read(key, fallback, "a string", Function.identity());
  }

  <T> T text(String key, T fallback, String expected, Function<String, T> parser) {
    return read(key, fallback, expected, parser);
  }

  /**
   * The path of a folder or a file.
   *
   * @param isUsed whether it must exist
   */
  Path folder(String key, Path fallback, boolean isUsed) {
    return read(
        key,
        fallback,
        isUsed ? "an existing folder or file, relative to the working directory" : "a path",
        text -> {
          Path folder = Path.of(text);
          if (text.isBlank() || (isUsed && !Files.exists(folder))) {
            throw new InvalidPathException(text, "does not exist");
          }
          return folder;
        });
  }

  Duration duration(String key, Duration fallback) {
    return read(key, fallback, DurationText.EXPECTED, DurationText::parse);
  }

  int integer(String key, int fallback) {
    JsonNode value = get(key);
    if (value.isNumber()) {
      return value.isInt() ? value.intValue() : wrong(key, value, "a whole number", fallback);
    }
    if (value.isTextual() && !Substitution.isReference(value.textValue())) {
      return wrong(key, value, "a whole number, without quotes", fallback);
    }
    return read(key, fallback, "a whole number", Integer::valueOf);
  }

  long bytes(String key, long fallback) {
    JsonNode value = get(key);
    if (value.isNumber()) {
      return value.isIntegralNumber() && value.canConvertToLong()
          ? value.longValue()
          : wrong(key, value, SIZE, fallback);
    }
    return read(key, fallback, SIZE, Section::parseBytes);
  }

  /** A list of strings, or one string. */
  List<String> texts(String key, List<String> fallback) {
    JsonNode value = get(key);
    if (!value.isArray()) {
      return read(key, fallback, "a list of strings", List::of);
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      texts.add(scalar(at(key) + '/' + i, value.get(i), false));
    }
    return texts.contains(null) ? fallback : texts;
  }

  /**
   * Properties with names that Kafka defines.
   *
   * @param mistake describes what is wrong with a name; empty for a valid name
   */
  Map<String, String> properties(String key, Function<String, Optional<String>> mistake) {
    Section section = section(key);
    Map<String, String> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : section.node.properties()) {
      String place = section.at(entry.getKey());
      mistake
          .apply(entry.getKey())
          .ifPresent(wrong -> problems.add(document.problem(place, wrong)));
      String text = property(place, entry.getValue());
      if (text != null) {
        properties.put(entry.getKey(), text);
      }
    }
    return properties;
  }

  /** Rejects unknown keys, and makes the record of the section, or its default after a mistake. */
  <T> T make(Supplier<T> maker, T fallback) {
    rejectUnknown();
    return check(maker, fallback);
  }

  /** Rejects the keys that were not read. */
  void rejectUnknown() {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        problems.add(document.problem(at(entry.getKey()), unknown(entry.getKey())));
      }
    }
  }

  /** Makes a record, or its default if a value is out of range. */
  <T> T check(Supplier<T> maker, T fallback) {
    try {
      return maker.get();
    } catch (Checks.InvalidSettingsException e) {
      for (Checks.Failure failure : e.failures()) {
        String place = pointer + '/' + failure.key();
        problem(place, document.root().at(place), failure.expected());
      }
      return fallback;
    }
  }

  private String unknown(String key) {
    String hint = NearestName.hint(key, known);
    return "is not a setting" + (hint.isEmpty() ? "; expected one of " + known : hint);
  }

  private JsonNode get(String key) {
    known.add(key);
    return node.path(key);
  }

  private String at(String key) {
    return Document.child(pointer, key);
  }

  private <T> T read(String key, T fallback, String expected, Function<String, T> parser) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return fallback;
    }
    if (!value.isTextual()) {
      return wrong(key, value, expected, fallback);
    }
    String text = scalar(at(key), value, false);
    try {
      return text == null ? fallback : parser.apply(text);
    } catch (IllegalArgumentException e) {
      return wrong(key, value, expected, fallback);
    }
  }

  private <T> T wrong(String key, JsonNode value, String expected, T fallback) {
    problem(at(key), value, expected);
    return fallback;
  }

  /** The text of a property. A list is joined with commas, as in Kafka. Null after a problem. */
  private String property(String place, JsonNode value) {
    if (!value.isArray()) {
      return value.isNumber() || value.isBoolean() ? value.asText() : scalar(place, value, true);
    }
    List<String> items =
        StreamSupport.stream(value.spliterator(), false)
            .map(item -> item.isContainerNode() ? null : property(place, item))
            .toList();
    if (items.contains(null)) {
      problem(place, value, "a list of strings");
      return null;
    }
    return String.join(",", items);
  }

  /** A text with its references substituted; null after a problem. */
  private String scalar(String place, JsonNode value, boolean keepOthers) {
    if (!value.isTextual()) {
      problem(place, value, "a string; write the name of a property as one key, with its dots");
      return null;
    }
    try {
      return substitution.fill(name(place), value.textValue(), keepOthers);
    } catch (IllegalArgumentException e) {
      problems.add(document.problem(place, e.getMessage()));
      return null;
    }
  }

  /** The name of the setting at a place. An item of a list has the name of the list. */
  private static String name(String place) {
    String list = place.replaceFirst("/[0-9]+$", "");
    return list.substring(list.lastIndexOf('/') + 1);
  }

  private void problem(String place, JsonNode value, String expected) {
    String shown =
        SecretKeys.isSecret(name(place))
            ? Secret.HIDDEN
            : USER_INFO.matcher(value.toString()).replaceAll("//" + Secret.HIDDEN + "@");
    String is = value.isMissingNode() ? "" : "is " + shown + "; ";
    problems.add(document.problem(place, is + "expected " + expected));
  }

  private static long parseBytes(String text) {
    String digits = text.replaceFirst("(KiB|MiB|B)$", "");
    long unit = text.endsWith("MiB") ? 1 << 20 : text.endsWith("KiB") ? 1 << 10 : 1;
    return Math.min(Long.MAX_VALUE / unit, Long.parseLong(digits)) * unit; // the range is checked
  }
}
