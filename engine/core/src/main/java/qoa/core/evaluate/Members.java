package qoa.core.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import qoa.core.model.Finding;
import qoa.core.model.Promise;
import qoa.core.model.PromiseKey;
import qoa.core.model.Texts;
import qoa.core.model.Verdict;

/**
 * Reads the members of the rules of one evaluation, and cuts what events cannot hold: no event is
 * above 64 KiB, whatever a policy answers.
 *
 * @param <V> what the evaluator has values in
 */
final class Members<V> {

  /** How many verdicts an evaluation may have. */
  static final int MAX_VERDICTS = 10_000;

  /** Of a name: it tells promises apart, so it cannot be cut. */
  static final int MAX_NAME_BYTES = 1024;

  /** Of the message. */
  static final int MAX_MESSAGE_BYTES = 4 * 1024;

  static final int MAX_OBSERVED_BYTES = 16 * 1024;

  /** Of {@code observed} and {@code expected}. */
  static final int MAX_LEVELS = 32;

  static final int MAX_EXPECTED_BYTES = 8 * 1024;

  /** Of all consumers together. */
  static final int MAX_CONSUMERS_BYTES = 8 * 1024;

  private static final int SHOWN = 200;

  /** An escape such as {@code \u0001}. */
  private static final int MAX_BYTES_OF_CHARACTER = 6;

  private final Answers<V> answers;
  private final LatestPromises<V> latest;
  private final List<Verdict> verdicts = new ArrayList<>();

  Members(Answers<V> answers, LatestPromises<V> latest) {
    this.answers = answers;
    this.latest = latest;
  }

  /** What was read so far. */
  List<Verdict> verdicts() {
    return verdicts;
  }

  /**
   * Reads a rule's members.
   *
   * @param members null where the rule is undefined
   */
  void read(Verdict.Kind kind, String rule, V members) throws InvalidMemberException {
    if (members == null) {
      return;
    }
    Iterable<V> elements = answers.elements(members);
    if (elements == null) {
      throw new InvalidMemberException(
          rule + " is " + typeOf(members) + "; expected a set of members: " + shown(members));
    }
    for (V member : elements) {
      if (verdicts.size() == MAX_VERDICTS) {
        throw new InvalidMemberException(rule + ": more than " + MAX_VERDICTS + " verdicts");
      }
      answers.pay(member);
      try {
        verdicts.add(verdict(kind, member));
      } catch (InvalidMemberException e) {
        throw new InvalidMemberException(
            rule + ": " + e.getMessage() + ", in the member " + shown(member));
      }
    }
  }

  private Verdict verdict(Verdict.Kind kind, V member) throws InvalidMemberException {
    if (!answers.isObject(member)) {
      return oldVerdict(kind, member);
    }
    V[] values = answers.values(member);
    Promise known = latest.find(values);
    Promise promise = known == null ? promise(values) : known;
    Verdict verdict = new Verdict(promise, new Finding(kind, observed(values), message(values)));
    if (promise.name() == null) {
      throw new InvalidMemberException("expected one of the keys constraint, message");
    }
    if (known == null && promise.constraint() != null) {
      latest.put(values, promise);
    }
    return verdict;
  }

  private Promise promise(V[] values) throws InvalidMemberException {
    String stakeholder = name(values, Answers.Key.STAKEHOLDER);
    List<String> consumers = consumers(values);
    String constraint = name(values, Answers.Key.CONSTRAINT);
    String stage = name(values, Answers.Key.STAGE);
    String instance = name(values, Answers.Key.INSTANCE);
    String metric = name(values, Answers.Key.METRIC);
    String aggregate = name(values, Answers.Key.AGGREGATE);
    String severity = name(values, Answers.Key.SEVERITY);
    String name = constraint != null ? constraint : message(values);
    PromiseKey key = new PromiseKey(name, stakeholder, stage, instance);
    return new Promise(key, constraint, consumers, metric, aggregate, expected(values), severity);
  }

  /** The forms of older policies: {@code "text"} and {@code [client_info, "text"]}. */
  private Verdict oldVerdict(Verdict.Kind kind, V member) throws InvalidMemberException {
    if (answers.text(member) != null) {
      return message(kind, null, answers.text(member));
    }
    JsonNode json = answers.json(member);
    if (!json.isArray()) {
      throw new InvalidMemberException("expected an object or a string, got " + typeOf(member));
    }
    JsonNode client = json.path(0);
    JsonNode id = client.isObject() ? client.path("id") : client;
    if (json.size() != 2 || !id.isTextual() || !json.path(1).isTextual()) {
      throw new InvalidMemberException(
          "expected [client_info, \"text\"], where client_info has a string id");
    }
    return message(kind, id.textValue(), json.path(1).textValue());
  }

  private static Verdict message(Verdict.Kind kind, String stakeholder, String text)
      throws InvalidMemberException {
    return Verdict.ofMessage(
        kind, bounded("stakeholder", stakeholder), Texts.cut(text, MAX_MESSAGE_BYTES));
  }

  private List<String> consumers(V[] values) throws InvalidMemberException {
    V value = values[Answers.Key.CONSUMERS.place()];
    if (value == null) {
      return null;
    }
    if (answers.text(value) != null) {
      return List.of(bounded("consumers", answers.text(value)));
    }
    Iterable<V> elements = answers.elements(value);
    if (elements == null) {
      throw notConsumers();
    }
    List<String> consumers = new ArrayList<>();
    for (V element : elements) {
      String consumer = answers.text(element);
      if (consumer == null) {
        throw notConsumers();
      }
      consumers.add(bounded("consumers", consumer));
    }
    return List.copyOf(Texts.cut(consumers, MAX_CONSUMERS_BYTES));
  }

  private static InvalidMemberException notConsumers() {
    return new InvalidMemberException("key consumers: expected a list of strings, or one string");
  }

  private JsonNode observed(V[] values) {
    return JsonCut.cut(json(values, Answers.Key.OBSERVED), MAX_LEVELS, MAX_OBSERVED_BYTES);
  }

  private JsonNode expected(V[] values) {
    return JsonCut.cut(json(values, Answers.Key.EXPECTED), MAX_LEVELS, MAX_EXPECTED_BYTES);
  }

  private String message(V[] values) throws InvalidMemberException {
    return Texts.cut(text(values, Answers.Key.MESSAGE), MAX_MESSAGE_BYTES);
  }

  private String name(V[] values, Answers.Key key) throws InvalidMemberException {
    return bounded(key.label(), text(values, key));
  }

  private static String bounded(String key, String name) throws InvalidMemberException {
    boolean mayBeLong = name != null && name.length() > MAX_NAME_BYTES / MAX_BYTES_OF_CHARACTER;
    if (mayBeLong && Texts.bytes(name) > MAX_NAME_BYTES) {
      throw new InvalidMemberException("key " + key + ": longer than " + MAX_NAME_BYTES + " bytes");
    }
    return name;
  }

  private String text(V[] values, Answers.Key key) throws InvalidMemberException {
    V value = values[key.place()];
    String text = value == null ? null : answers.text(value);
    if (value != null && text == null) {
      throw new InvalidMemberException(
          "key " + key.label() + ": expected a string, got " + typeOf(value));
    }
    return text;
  }

  private JsonNode json(V[] values, Answers.Key key) {
    V value = values[key.place()];
    return value == null ? null : answers.json(value);
  }

  private String typeOf(V value) {
    String type = answers.json(value).getNodeType().name().toLowerCase(Locale.ROOT);
    return (type.equals("object") || type.equals("array") ? "an " : "a ") + type;
  }

  private String shown(V value) {
    String text = answers.json(value).toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  /** A member is not what it should be. */
  static final class InvalidMemberException extends Exception {

    private static final long serialVersionUID = 1;

    InvalidMemberException(String message) {
      super(message);
    }
  }
}
