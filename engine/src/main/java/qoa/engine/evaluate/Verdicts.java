package qoa.engine.evaluate;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import qoa.engine.model.Verdict;

/**
 * What a policy's three rules answered, as verdicts. A pure function: both evaluators use it, so
 * that they agree.
 *
 * @param <V> what the evaluator has values in
 */
public final class Verdicts<V> {

  /** Of a policy that could have said that a promise was kept, or cannot be judged, but did not. */
  static final Verdict NO_VERDICT =
      message(Verdict.Kind.UNDETERMINED, null, "the policy gave no verdict");

  private static final int SHOWN = 200;

  private static final Comparator<Verdict> ORDER =
      comparing((Verdict verdict) -> rank(verdict))
          .thenComparing(by(Verdict::name))
          .thenComparing(by(Verdict::stakeholder))
          .thenComparing(by(Verdict::stage))
          .thenComparing(by(Verdict::instance))
          .thenComparing(by(Verdict::message));

  private final Answers<V> answers;
  private final LatestVerdicts<V> latest = new LatestVerdicts<>();

  /**
   * @param answers how the evaluator's values are read
   */
  public Verdicts(Answers<V> answers) {
    this.answers = answers;
  }

  /**
   * The outcome of one evaluation.
   *
   * @param policy the package, for messages
   * @param violation the rule's value, a set or an array; null where the rule is undefined
   * @param undetermined likewise
   * @param met likewise
   * @return {@link Outcome.Undefined} where all three are undefined; {@link Outcome.Failed} where
   *     any value or member is not what policies may answer, or the same member is in two of them
   */
  public Outcome outcome(String policy, V violation, V undetermined, V met) {
    if (violation == null && undetermined == null && met == null) {
      return new Outcome.Undefined();
    }
    List<Verdict> verdicts = new ArrayList<>();
    try {
      read(Verdict.Kind.VIOLATED, "violation", violation, verdicts);
      read(Verdict.Kind.UNDETERMINED, "undetermined", undetermined, verdicts);
      read(Verdict.Kind.MET, "met", met, verdicts);
    } catch (InvalidMemberException e) {
      return new Outcome.Failed(policy + "." + e.getMessage());
    }
    if (verdicts.isEmpty() && (undetermined != null || met != null)) {
      return new Outcome.Defined(List.of(NO_VERDICT));
    }
    verdicts.sort(ORDER);
    Optional<String> contradiction = Contradictions.in(verdicts);
    if (contradiction.isPresent()) {
      return new Outcome.Failed(policy + ": " + contradiction.get());
    }
    return new Outcome.Defined(List.copyOf(verdicts));
  }

  private void read(Verdict.Kind kind, String rule, V members, List<Verdict> verdicts)
      throws InvalidMemberException {
    if (members == null) {
      return;
    }
    Iterable<V> elements = answers.elements(members);
    if (elements == null) {
      throw new InvalidMemberException(
          rule + " is " + typeOf(members) + "; expected a set of members: " + shown(members));
    }
    for (V member : elements) {
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
    Verdict known = latest.find(values);
    if (known != null) {
      return known.again(
          kind, json(values, Answers.Key.OBSERVED), text(values, Answers.Key.MESSAGE));
    }
    Verdict verdict =
        new Verdict(
            kind,
            text(values, Answers.Key.STAKEHOLDER),
            consumers(values),
            text(values, Answers.Key.CONSTRAINT),
            text(values, Answers.Key.STAGE),
            text(values, Answers.Key.INSTANCE),
            text(values, Answers.Key.METRIC),
            text(values, Answers.Key.AGGREGATE),
            json(values, Answers.Key.OBSERVED),
            json(values, Answers.Key.EXPECTED),
            text(values, Answers.Key.SEVERITY),
            text(values, Answers.Key.MESSAGE));
    if (verdict.name() == null) {
      throw new InvalidMemberException("expected one of the keys constraint, message");
    }
    if (verdict.constraint() != null) {
      latest.put(values, verdict);
    }
    return verdict;
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

  private static Verdict message(Verdict.Kind kind, String stakeholder, String text) {
    return new Verdict(
        kind, stakeholder, null, null, null, null, null, null, null, null, null, text);
  }

  private List<String> consumers(V[] values) throws InvalidMemberException {
    V value = values[Answers.Key.CONSUMERS.place()];
    if (value == null) {
      return null;
    }
    if (answers.text(value) != null) {
      return List.of(answers.text(value));
    }
    Iterable<V> elements = answers.elements(value);
    List<String> consumers = new ArrayList<>();
    if (elements != null) {
      elements.forEach(consumer -> consumers.add(answers.text(consumer)));
    }
    if (elements == null || consumers.contains(null)) {
      throw new InvalidMemberException("key consumers: expected a list of strings, or one string");
    }
    return List.copyOf(consumers);
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

  private static int rank(Verdict verdict) {
    return switch (verdict.kind()) {
      case VIOLATED -> 0;
      case UNDETERMINED -> 1;
      case MET -> 2;
    };
  }

  private static Comparator<Verdict> by(Function<Verdict, String> key) {
    return comparing(key, nullsFirst(naturalOrder()));
  }

  private static final class InvalidMemberException extends Exception {

    private static final long serialVersionUID = 1;

    InvalidMemberException(String message) {
      super(message);
    }
  }
}
