package qoa.systemtests.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The content of an event, expected or found. A field that the event does not have is null.
 *
 * @param type the CloudEvents type
 * @param version the version of the contract
 * @param aggregate the aggregate function of the observed value
 * @param condition the promised condition
 * @param since when the violation opened, in milliseconds since the epoch
 * @param reason why a violation was resolved
 */
record Claim(
    About about,
    String type,
    String version,
    String metric,
    String aggregate,
    Double observed,
    JsonNode condition,
    long reports,
    boolean late,
    Judgement.Evidence evidence,
    Long since,
    String reason) {

  /** Percentiles of many numbers come from a sketch of this relative accuracy. */
  private static final double PERCENTILE_ERROR = 0.01 + 1e-9;

  private static final double ROUNDING_ERROR = 1e-9;

  /**
   * The identity of an event.
   *
   * @param start the start of the window, in milliseconds since the epoch; the event time of the
   *     report if each report is judged
   * @param report the report that it is about; null for a window
   * @param ended whether the event states that the contract was changed or removed after it had
   *     judged this window
   */
  record About(
      String contract,
      String application,
      String constraint,
      String stakeholder,
      String stage,
      String instance,
      long start,
      long end,
      Place report,
      boolean ended) {

    static About window(
        Terms terms, String application, Terms.Promise promise, ExpectedWindow window) {
      return new About(
          terms.id(),
          application,
          promise.constraint(),
          promise.stakeholder(),
          promise.stage(),
          null,
          window.start(),
          window.end(),
          null,
          false);
    }

    /** The identity of a failed evaluation, which concerns no promise. */
    static About failed(Terms terms, String application, ExpectedWindow window) {
      return new About(
          terms.id(),
          application,
          null,
          null,
          null,
          null,
          window.start(),
          window.end(),
          null,
          false);
    }

    /** The event at the end of the contract, for the same window. */
    About endOfContract() {
      return new About(
          contract, application, constraint, stakeholder, stage, instance, start, end, null, true);
    }

    /** The event of one report. */
    About of(FoundReport report) {
      return new About(
          contract,
          application,
          constraint,
          stakeholder,
          stage,
          instance,
          start,
          end,
          report.place(),
          false);
    }

    @Override
    public String toString() {
      String scope = report == null ? ended ? ", the end of its contract" : "" : " of " + report;
      return "%s/%s of %s, %s at %s%s, %s to %s%s"
          .formatted(
              contract,
              constraint,
              stakeholder,
              application,
              stage,
              instance == null ? "" : " " + instance,
              Instant.ofEpochMilli(start),
              Instant.ofEpochMilli(end),
              scope);
    }
  }

  static Claim of(
      About about,
      String type,
      Terms terms,
      Terms.Promise promise,
      Judgement judgement,
      long reports,
      Long since) {
    return new Claim(
        about,
        type,
        terms.version(),
        promise.metric(),
        promise.aggregate(),
        judgement.observed(),
        promise.condition(),
        reports,
        about.report() != null && !terms.isForEachReport(),
        judgement.evidence(),
        since,
        type.equals("qoa.violation.resolved") ? "kept" : null);
  }

  /** The event of a policy that cannot be evaluated. */
  static Claim failed(About about, Terms terms, List<FoundReport> reports) {
    boolean late = about.report() != null && !terms.isForEachReport();
    return new Claim(
        about,
        "qoa.evaluation.failed",
        terms.version(),
        null,
        null,
        null,
        null,
        reports.size(),
        late,
        Judgement.evidence(reports, null),
        null,
        null);
  }

  /** A copy with another reason. */
  Claim because(String why) {
    return new Claim(
        about, type, version, metric, aggregate, observed, condition, reports, late, evidence,
        since, why);
  }

  /** The differences to another event, by field; empty if they agree. */
  List<String> differences(Claim found) {
    List<String> differences = new ArrayList<>();
    compare(differences, "type", type, found.type);
    compare(differences, "version", version, found.version);
    compare(differences, "metric", metric, found.metric);
    compare(differences, "aggregate", aggregate, found.aggregate);
    compare(differences, "expected", condition, found.condition);
    compare(differences, "reports", reports, found.reports);
    compare(differences, "late", late, found.late);
    compare(differences, "evidence", evidence, found.evidence);
    compare(differences, "since", since, found.since);
    if (found.reason != null) { // engines before version 2 of the schema write none
      compare(differences, "reason", reason, found.reason);
    }
    if (!isClose(found.observed)) {
      compare(differences, "observed", observed, found.observed);
    }
    return differences;
  }

  private boolean isClose(Double other) {
    if (observed == null || other == null) {
      return Objects.equals(observed, other);
    }
    double error = aggregate.startsWith("P") ? PERCENTILE_ERROR : ROUNDING_ERROR;
    return Math.abs(observed - other) <= error * Math.abs(observed);
  }

  private static void compare(
      List<String> differences, String field, Object expected, Object found) {
    if (!Objects.equals(expected, found)) {
      differences.add("%s is %s, expected %s".formatted(field, found, expected));
    }
  }
}
