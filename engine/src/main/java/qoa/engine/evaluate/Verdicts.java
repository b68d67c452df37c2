package qoa.engine.evaluate;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import qoa.engine.model.Verdict;

/**
 * What a policy's three rules answered, as verdicts (DESIGN section 6). A pure function: both
 * evaluators use it, so that they agree.
 */
public final class Verdicts {

  private static final int SHOWN = 200;

  private static final Comparator<Verdict> ORDER =
      comparing(Verdicts::rank)
          .thenComparing(by(Verdict::name))
          .thenComparing(by(Verdict::stakeholder))
          .thenComparing(by(Verdict::stage))
          .thenComparing(by(Verdict::instance))
          .thenComparing(by(Verdict::message));

  private Verdicts() {}

  /**
   * The outcome of one evaluation.
   *
   * @param policy the package, for messages
   * @param violation the rule's value, a set as a JSON array; null where the rule is undefined
   * @param undetermined likewise
   * @param met likewise
   * @return {@link Outcome.Undefined} where all three are undefined; {@link Outcome.Failed} where
   *     any value or member is not what DESIGN section 6 allows
   */
  public static Outcome outcome(
      String policy, JsonNode violation, JsonNode undetermined, JsonNode met) {
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
    verdicts.sort(ORDER);
    return new Outcome.Defined(List.copyOf(verdicts));
  }

  private static void read(Verdict.Kind kind, String rule, JsonNode members, List<Verdict> verdicts)
      throws InvalidMemberException {
    if (members == null) {
      return;
    }
    if (!members.isArray()) {
      throw new InvalidMemberException(
          rule + " is " + typeOf(members) + "; expected a set of members: " + shown(members));
    }
    for (JsonNode member : members) {
      try {
        verdicts.add(verdict(kind, member));
      } catch (InvalidMemberException e) {
        throw new InvalidMemberException(
            rule + ": " + e.getMessage() + ", in the member " + shown(member));
      }
    }
  }

  private static Verdict verdict(Verdict.Kind kind, JsonNode member) throws InvalidMemberException {
    if (member.isTextual()) {
      return message(kind, null, member.textValue());
    }
    if (member.isArray()) {
      return clientMessage(kind, member);
    }
    if (!member.isObject()) {
      throw new InvalidMemberException("expected an object or a string, got " + typeOf(member));
    }
    Verdict verdict =
        new Verdict(
            kind,
            text(member, "stakeholder"),
            consumers(member),
            text(member, "constraint"),
            text(member, "stage"),
            text(member, "instance"),
            text(member, "metric"),
            text(member, "aggregate"),
            value(member, "observed"),
            value(member, "expected"),
            text(member, "severity"),
            text(member, "message"));
    if (verdict.name() == null) {
      throw new InvalidMemberException("expected one of the keys constraint, message");
    }
    return verdict;
  }

  /** The form of older policies: {@code [client_info, "text"]}. */
  private static Verdict clientMessage(Verdict.Kind kind, JsonNode member)
      throws InvalidMemberException {
    JsonNode client = member.path(0);
    JsonNode id = client.isObject() ? client.path("id") : client;
    if (member.size() != 2 || !id.isTextual() || !member.path(1).isTextual()) {
      throw new InvalidMemberException(
          "expected [client_info, \"text\"], where client_info has a string id");
    }
    return message(kind, id.textValue(), member.path(1).textValue());
  }

  private static Verdict message(Verdict.Kind kind, String stakeholder, String text) {
    return new Verdict(
        kind, stakeholder, null, null, null, null, null, null, null, null, null, text);
  }

  private static List<String> consumers(JsonNode member) throws InvalidMemberException {
    JsonNode value = value(member, "consumers");
    if (value == null) {
      return null;
    }
    if (value.isTextual()) {
      return List.of(value.textValue());
    }
    List<String> consumers = new ArrayList<>();
    for (JsonNode consumer : value) {
      consumers.add(consumer.textValue());
    }
    if (!value.isArray() || consumers.contains(null)) {
      throw new InvalidMemberException("key consumers: expected a list of strings, or one string");
    }
    return List.copyOf(consumers);
  }

  private static String text(JsonNode member, String key) throws InvalidMemberException {
    JsonNode value = value(member, key);
    if (value != null && !value.isTextual()) {
      throw new InvalidMemberException("key " + key + ": expected a string, got " + typeOf(value));
    }
    return value == null ? null : value.textValue();
  }

  /** A key's value; null where it is absent, or null. */
  private static JsonNode value(JsonNode member, String key) {
    JsonNode value = member.get(key);
    return value == null || value.isNull() ? null : value;
  }

  private static String typeOf(JsonNode node) {
    String type = node.getNodeType().name().toLowerCase(Locale.ROOT);
    return (node.isObject() || node.isArray() ? "an " : "a ") + type;
  }

  private static String shown(JsonNode node) {
    String text = node.toString();
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
