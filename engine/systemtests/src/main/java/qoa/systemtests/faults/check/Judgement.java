package qoa.systemtests.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * The expected verdict on one promise and some reports.
 *
 * @param observed the observed value; null if nothing was observed
 * @param evidence null if there were no reports
 */
record Judgement(Verdict verdict, Double observed, Evidence evidence) {

  /** A verdict. */
  enum Verdict {
    MET,
    VIOLATED,
    UNDETERMINED
  }

  /**
   * The reports that the verdict rests on. {@code worst} is null unless the promise is violated.
   */
  record Evidence(Place first, Place last, Place worst) {}

  private record Seen(FoundReport report, double value) {}

  static Judgement of(Terms.Promise promise, List<FoundReport> reports) {
    List<Seen> seen =
        reports.stream()
            .flatMap(
                report ->
                    report.observations().stream()
                        .filter(o -> o.metric().equals(promise.metric()))
                        .filter(o -> promise.stage() == null || promise.stage().equals(o.stage()))
                        .map(o -> new Seen(report, o.value())))
            .toList();
    if (seen.isEmpty()) {
      return new Judgement(Verdict.UNDETERMINED, null, evidence(reports, null));
    }
    double observed = aggregate(promise.aggregate(), seen);
    Verdict verdict = Verdict.UNDETERMINED;
    if (seen.size() >= promise.minCount()) {
      verdict = holds(promise.condition(), observed) ? Verdict.MET : Verdict.VIOLATED;
    }
    Place worst = verdict == Verdict.VIOLATED ? worst(promise.condition(), seen) : null;
    return new Judgement(
        verdict, observed, evidence(seen.stream().map(Seen::report).toList(), worst));
  }

  static Evidence evidence(List<FoundReport> reports, Place worst) {
    if (reports.isEmpty()) {
      return null;
    }
    FoundReport first = reports.stream().reduce((a, b) -> a.isBefore(b) ? a : b).orElseThrow();
    FoundReport last = reports.stream().reduce((a, b) -> a.isBefore(b) ? b : a).orElseThrow();
    return new Evidence(first.place(), last.place(), worst);
  }

  private static double aggregate(String function, List<Seen> seen) {
    double[] values = seen.stream().mapToDouble(Seen::value).sorted().toArray();
    return switch (function) {
      case "COUNT" -> values.length;
      case "MIN" -> values[0];
      case "MAX" -> values[values.length - 1];
      case "SUM" -> sum(seen);
      case "AVERAGE" -> sum(seen) / values.length;
      case "P50", "P95", "P99" ->
          values[nearestRank(Integer.parseInt(function.substring(1)), values.length) - 1];
      default -> throw new IllegalArgumentException("the checker knows no " + function);
    };
  }

  /** The smallest rank, from 1, at which this share of the numbers is reached. */
  private static int nearestRank(int percent, int numbers) {
    int rank = 1;
    while (rank * 100 < percent * numbers) {
      rank++;
    }
    return rank;
  }

  private static double sum(List<Seen> seen) {
    return seen.stream()
        .map(s -> new BigDecimal(s.value()))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
  }

  private static boolean holds(JsonNode condition, double observed) {
    JsonNode value = condition.path("value");
    return switch (condition.path("operator").asText()) {
      case "less_equal" -> observed <= value.doubleValue();
      case "less_than" -> observed < value.doubleValue();
      case "greater_equal" -> observed >= value.doubleValue();
      case "greater_than" -> observed > value.doubleValue();
      case "range" ->
          observed >= value.path("min").doubleValue()
              && observed <= value.path("max").doubleValue();
      default -> throw new IllegalArgumentException("the checker knows no " + condition);
    };
  }

  /** The position of the worst number, or the first of several equal ones. */
  private static Place worst(JsonNode condition, List<Seen> seen) {
    String operator = condition.path("operator").asText();
    double low = seen.stream().mapToDouble(Seen::value).min().orElseThrow();
    double high = seen.stream().mapToDouble(Seen::value).max().orElseThrow();
    boolean tooHigh = operator.startsWith("less");
    if (operator.equals("range")) {
      JsonNode value = condition.path("value");
      tooHigh = high - value.path("max").doubleValue() >= value.path("min").doubleValue() - low;
    }
    double extreme = tooHigh ? high : low;
    BinaryOperator<Place> earlier = (a, b) -> a.compareTo(b) <= 0 ? a : b;
    return seen.stream()
        .filter(s -> s.value() == extreme)
        .map(s -> s.report().place())
        .reduce(earlier)
        .orElseThrow();
  }
}
