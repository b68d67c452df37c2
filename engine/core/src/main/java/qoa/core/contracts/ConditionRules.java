package qoa.core.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a condition's value has to be so that {@code policies/qoa/operators} can judge by it: a
 * number for an aggregate that is one, a boolean for one that is that. Anything else would leave
 * the promise undetermined for ever.
 */
final class ConditionRules {

  private static final Set<String> BOOLEAN_AGGREGATES = Set.of("OR", "AND");

  private static final Set<String> COMPARISONS =
      Set.of("less_equal", "greater_equal", "less_than", "greater_than", "equal");

  private static final Set<String> RANGE_KEYS = Set.of("min", "max");

  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?");
  private static final Pattern COMMA = Pattern.compile("[-+]?[0-9]+(,[0-9]+)+");

  private ConditionRules() {}

  /**
   * Checks a constraint. Operators and aggregates that are not known are left to the schema.
   *
   * @param pointer the constraint's
   */
  static void check(ProblemList problems, String pointer) {
    JsonNode constraint = problems.at(pointer);
    JsonNode value = constraint.path("condition").path("value");
    if (value.isMissingNode()) {
      return; // the schema says so
    }
    String place = pointer + "/condition/value";
    String operator = constraint.path("condition").path("operator").asText();
    boolean ofBooleans = isOfBooleans(constraint.path("aggregate_function").asText());
    if (operator.equals("range")) {
      UnknownKeys.check(problems, value, place, RANGE_KEYS);
      double min = ofBooleans ? truth(value.path("min")) : number(value.path("min"));
      double max = ofBooleans ? truth(value.path("max")) : number(value.path("max"));
      if (!(min <= max)) { // nor where one is no number at all
        String ends = ofBooleans ? "each true or 1, false or 0" : "two numbers";
        String hint =
            Stream.of(value.path("min"), value.path("max"))
                .filter(JsonNode::isTextual)
                .map(end -> meant(end.textValue()))
                .findFirst()
                .orElse("");
        problems.expected(place, "{min: …, max: …}, " + ends + ", min not above max" + hint);
      }
    } else if (COMPARISONS.contains(operator)) {
      if (Double.isNaN(ofBooleans ? truth(value) : number(value))) {
        String one =
            ofBooleans
                ? "true or 1, false or 0, for OR and AND are of booleans"
                : "a number; only OR and AND take true or false";
        String hint = value.isTextual() ? meant(value.textValue()) : "";
        problems.expected(place, one + "; only range takes {min, max}" + hint);
      }
    }
  }

  /** What to write instead of a text that looks like a number. */
  private static String meant(String text) {
    if (NUMBER.matcher(text).matches()) {
      return "; take away the quotes: " + text;
    }
    if (COMMA.matcher(text).matches()) {
      boolean fraction = text.indexOf(',') == text.lastIndexOf(',');
      String plain = text.replace(",", "");
      return fraction
          ? "; use a point: " + text.replace(',', '.') + ", or write " + plain
          : "; write " + plain;
    }
    return "";
  }

  /** Whatever its case, which is another mistake. */
  private static boolean isOfBooleans(String aggregate) {
    return BOOLEAN_AGGREGATES.contains(aggregate.toUpperCase(Locale.ROOT));
  }

  private static double number(JsonNode value) {
    return value.isNumber() ? value.doubleValue() : Double.NaN;
  }

  /** 1 for true, 0 for false, as in {@code qoa.operators.truth}; else not a number. */
  private static double truth(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? 1 : 0;
    }
    double number = number(value);
    return number == 0 || number == 1 ? number : Double.NaN;
  }
}
