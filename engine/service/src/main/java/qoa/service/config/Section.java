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
 * One map of {@code engine.yaml}. Each mistake becomes a problem and the default is used instead,
 * so that all mistakes are found in one go; keys that nobody asked for are mistakes too.
 */
final class Section {

  /** What a section is, for messages. */
  static final String SETTINGS = "a map of settings";

  /** Who an address is for, and often a password. */
  private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s\"]*@");

  private static final String SIZE = "a size such as 512KiB or 1MiB, or a number of bytes";

  private final Document source;
  private final String pointer;
  private final JsonNode node;
  private final Substitution substitution;
  private final List<Problem> problems;
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * @param node an object, or nothing; anything else is a problem and counts as nothing
   * @param expected what the node should be
   * @param problems where problems are added
   */
  Section(
      Document source,
      String pointer,
      JsonNode node,
      String expected,
      Substitution substitution,
      List<Problem> problems) {
    this.source = source;
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
    return new Section(source, at(key), get(key), expected, substitution, problems);
  }

  /** Whether the key's value is exactly this word. */
  boolean isWord(String key, String word) {
    return get(key).isTextual() && get(key).textValue().equals(word);
  }

  String text(String key, String otherwise) {
    return read(key, otherwise, "a text", Function.identity());
  }

  <T> T text(String key, T otherwise, String expected, Function<String, T> parser) {
    return read(key, otherwise, expected, parser);
  }

  /**
   * A folder, or one file.
   *
   * @param isUsed whether it has to be there
   */
  Path folder(String key, Path otherwise, boolean isUsed) {
    return read(
        key,
        otherwise,
        isUsed ? "a folder or file that is there, seen from where qoa is started" : "a path",
        text -> {
          Path folder = Path.of(text);
          if (text.isBlank() || (isUsed && !Files.exists(folder))) {
            throw new InvalidPathException(text, "is not there");
          }
          return folder;
        });
  }

  Duration duration(String key, Duration otherwise) {
    return read(key, otherwise, DurationText.EXPECTED, DurationText::parse);
  }

  int integer(String key, int otherwise) {
    JsonNode value = get(key);
    if (value.isNumber()) {
      return value.isInt() ? value.intValue() : wrong(key, value, "a whole number", otherwise);
    }
    if (value.isTextual() && !Substitution.isReference(value.textValue())) {
      return wrong(key, value, "a whole number, without quotes", otherwise);
    }
    return read(key, otherwise, "a whole number", Integer::valueOf);
  }

  long bytes(String key, long otherwise) {
    JsonNode value = get(key);
    if (value.isNumber()) {
      return value.isIntegralNumber() && value.canConvertToLong()
          ? value.longValue()
          : wrong(key, value, SIZE, otherwise);
    }
    return read(key, otherwise, SIZE, Section::parseBytes);
  }

  /** A list of texts, or one text. */
  List<String> texts(String key, List<String> otherwise) {
    JsonNode value = get(key);
    if (!value.isArray()) {
      return read(key, otherwise, "a list of texts", List::of);
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      texts.add(scalar(at(key) + '/' + i, value.get(i), false));
    }
    return texts.contains(null) ? otherwise : texts;
  }

  /**
   * Properties by names that are not ours.
   *
   * @param mistake what is wrong with a name, if anything
   */
  Map<String, String> properties(String key, Function<String, Optional<String>> mistake) {
    Section section = section(key);
    Map<String, String> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : section.node.properties()) {
      String place = section.at(entry.getKey());
      mistake.apply(entry.getKey()).ifPresent(wrong -> problems.add(source.problem(place, wrong)));
      String text = property(place, entry.getValue());
      if (text != null) {
        properties.put(entry.getKey(), text);
      }
    }
    return properties;
  }

  /** Makes the record that the section is about, or its default where something is wrong. */
  <T> T make(Supplier<T> maker, T otherwise) {
    rejectUnknown();
    return check(maker, otherwise);
  }

  private void rejectUnknown() {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        problems.add(source.problem(at(entry.getKey()), unknown(entry.getKey())));
      }
    }
  }

  /** The same without a look at the keys. */
  <T> T check(Supplier<T> maker, T otherwise) {
    try {
      return maker.get();
    } catch (Checks.InvalidSettingsException e) {
      for (Checks.Failure failure : e.failures()) {
        String place = pointer + '/' + failure.key();
        problem(place, source.root().at(place), failure.expected());
      }
      return otherwise;
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

  private <T> T read(String key, T otherwise, String expected, Function<String, T> parser) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      return wrong(key, value, expected, otherwise);
    }
    String text = scalar(at(key), value, false);
    try {
      return text == null ? otherwise : parser.apply(text);
    } catch (IllegalArgumentException e) {
      return wrong(key, value, expected, otherwise);
    }
  }

  private <T> T wrong(String key, JsonNode value, String expected, T otherwise) {
    problem(at(key), value, expected);
    return otherwise;
  }

  /** A property's text; lists are joined by commas, as Kafka writes them; null after a problem. */
  private String property(String place, JsonNode value) {
    if (!value.isArray()) {
      return value.isNumber() || value.isBoolean() ? value.asText() : scalar(place, value, true);
    }
    List<String> items =
        StreamSupport.stream(value.spliterator(), false)
            .map(item -> item.isContainerNode() ? null : property(place, item))
            .toList();
    if (items.contains(null)) {
      problem(place, value, "a list of texts");
      return null;
    }
    return String.join(",", items);
  }

  /** A text with its references filled in; null after a problem. */
  private String scalar(String place, JsonNode value, boolean othersStay) {
    if (!value.isTextual()) {
      problem(place, value, "a text; write a property's name with its dots, as one key");
      return null;
    }
    try {
      return substitution.fill(name(place), value.textValue(), othersStay);
    } catch (IllegalArgumentException e) {
      problems.add(source.problem(place, e.getMessage()));
      return null;
    }
  }

  /** The setting at a place; an item of a list has the name of the list. */
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
    problems.add(source.problem(place, is + "expected " + expected));
  }

  private static long parseBytes(String text) {
    String digits = text.replaceFirst("(KiB|MiB|B)$", "");
    long unit = text.endsWith("MiB") ? 1 << 20 : text.endsWith("KiB") ? 1 << 10 : 1;
    return Math.min(Long.MAX_VALUE / unit, Long.parseLong(digits)) * unit; // the range is checked
  }
}
