package qoa.engine.faults.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import qoa.engine.faults.check.Judgement.Verdict;

/** The events that contracts and reports demand (DESIGN sections 5 to 8). */
final class Expectation {

  private final List<Claim> events = new ArrayList<>();
  private final Map<StatusKey, Verdict> statuses = new HashMap<>();

  /** Whose current verdict it is. */
  record StatusKey(
      String contract, String application, String constraint, String stakeholder, String stage) {}

  Expectation(List<Terms> contracts, List<Report> reports) {
    Map<String, List<Report>> byApplication =
        reports.stream()
            .sorted(Comparator.comparing(Report::place))
            .collect(Collectors.groupingBy(Report::application, TreeMap::new, Collectors.toList()));
    for (Terms terms : contracts) {
      byApplication.forEach(
          (application, theirs) -> {
            if (!terms.isFor(application)) {
              return;
            }
            if (terms.isForEachReport()) {
              theirs.forEach(report -> expectAlone(terms, report, report.time(), report.time()));
            } else {
              expectWindows(terms, application, theirs);
            }
          });
    }
  }

  private void expectWindows(Terms terms, String application, List<Report> reports) {
    Timeline timeline = new Timeline(terms.size(), terms.grace(), reports);
    for (Report report : timeline.late()) {
      long start = timeline.start(report.time());
      expectAlone(terms, report, start, start + terms.size());
    }
    for (Terms.Promise promise : terms.promises()) {
      Course course = new Course(terms.openAfter(), terms.resolveAfter());
      timeline
          .judged()
          .forEach(
              (start, inWindow) -> {
                Judgement judgement = Judgement.of(promise, inWindow);
                String type = course.next(judgement.verdict(), start);
                if (type != null) {
                  Claim.About about =
                      about(terms, application, promise, start, start + terms.size(), null);
                  events.add(
                      claim(about, type, terms, promise, judgement, inWindow.size(), course));
                }
                statuses.put(
                    new StatusKey(
                        terms.id(),
                        application,
                        promise.constraint(),
                        promise.stakeholder(),
                        promise.stage()),
                    judgement.verdict());
              });
    }
  }

  /**
   * A report that is judged by itself: because the contract wants it so, or as it came too late.
   */
  private void expectAlone(Terms terms, Report report, long start, long end) {
    for (Terms.Promise promise : terms.promises()) {
      Judgement judgement = Judgement.of(promise, List.of(report));
      String type =
          switch (judgement.verdict()) {
            case MET -> null;
            case VIOLATED -> "qoa.violation.occurred";
            case UNDETERMINED -> "qoa.constraint.undetermined";
          };
      if (type != null) {
        Claim.About about = about(terms, report.application(), promise, start, end, report.place());
        events.add(claim(about, type, terms, promise, judgement, 1, null));
      }
    }
  }

  private static Claim.About about(
      Terms terms, String application, Terms.Promise promise, long start, long end, Place report) {
    return new Claim.About(
        terms.id(),
        application,
        promise.constraint(),
        promise.stakeholder(),
        promise.stage(),
        null,
        start,
        end,
        report);
  }

  private static Claim claim(
      Claim.About about,
      String type,
      Terms terms,
      Terms.Promise promise,
      Judgement judgement,
      long reports,
      Course course) {
    boolean lasts = course != null && judgement.verdict() != Verdict.UNDETERMINED;
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
        lasts ? (Long) course.since() : null);
  }

  List<Claim> events() {
    return events;
  }

  /** The verdict on the last window of each promise. */
  Map<StatusKey, Verdict> statuses() {
    return statuses;
  }
}
