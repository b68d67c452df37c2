package qoa.core.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks that {@code policies/qoa/operators} can judge by the value of a condition. The value must
 * have the type of the aggregate: a number or a boolean. With any other value the promise would
 * always be undetermined.
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
   * Checks a constraint. The schema reports unknown operators and aggregates.
   *
   * @param pointer the pointer of the constraint
   */
  static void check(ProblemList problems, String pointer) {
    JsonNode constraint = problems.at(pointer);
    JsonNode value = constraint.path("condition").path("value");
    if (value.isMissingNode()) {
      return; // the schema reports it
    }
    String place = pointer + "/condition/value";
    String operator = constraint.path("condition").path("operator").asText();
    boolean ofBooleans = isOfBooleans(constraint.path("aggregate_function").asText());
    if (operator.equals("range")) {
      UnknownKeys.check(problems, value, place, RANGE_KEYS);
      if (problems.isMisspelt(place + "/min") || problems.isMisspelt(place + "/max")) {
        return;
      }
      double min = ofBooleans ? truth(value.path("min")) : number(value.path("min"));
      double max = ofBooleans ? truth(value.path("max")) : number(value.path("max"));
      if (!(min <= max)) { // also true if one of them is NaN
        String ends = ofBooleans ? "each of them true, false, 1 or 0" : "two numbers";
        String hint =
            Stream.of(value.path("min"), value.path("max"))
                .filter(JsonNode::isTextual)
                .map(end -> correction(end.textValue()))
                .findFirst()
                .orElse("");
        problems.expected(place, "{min: …, max: …}, " + ends + ", min not greater than max" + hint);
      }
    } else if (COMPARISONS.contains(operator)) {
      if (Double.isNaN(ofBooleans ? truth(value) : number(value))) {
        String one =
            ofBooleans
                ? "true, false, 1 or 0, because OR and AND take booleans"
                : "a number; only OR and AND take true or false";
        String hint = value.isTextual() ? correction(value.textValue()) : "";
        problems.expected(place, one + "; only range takes {min, max}" + hint);
      }
    }
  }

  /** What to write instead of a string that looks like a number. */
  private static String correction(String text) {
    if (NUMBER.matcher(text).matches()) {
      return "; remove the quotes: " + text;
    }
    if (COMMA.matcher(text).matches()) {
      boolean fraction = text.indexOf(',') == text.lastIndexOf(',');
      String plain = text.replace(",", "");
      return fraction
          ? "; use a decimal point: " + text.replace(',', '.') + ", or write " + plain
          : "; write " + plain;
    }
    return "";
  }

  /** In any case; the schema reports a wrong case. */
  private static boolean isOfBooleans(String aggregate) {
    return BOOLEAN_AGGREGATES.contains(aggregate.toUpperCase(Locale.ROOT));
  }

  private static double number(JsonNode value) {
    return value.isNumber() ? value.doubleValue() : Double.NaN;
  }

  /** 1 for true and 0 for false, as in {@code qoa.operators.truth}; otherwise NaN. */
  private static double truth(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? 1 : 0;
    }
    double number = number(value);
    return number == 0 || number == 1 ? number : Double.NaN;
  }
}
