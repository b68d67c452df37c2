package qoa.systemtests.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import qoa.systemtests.faults.check.Judgement.Verdict;

/**
 * The expected results of consecutive windows of one application that one version of a contract
 * judged. Each version starts without open violations.
 *
 * @param standings the status of each promise at the end
 */
record Segment(List<Claim> events, Map<Standing.Of, Standing> standings) {

  /** How a version ends after its last window. If it is replaced or removed, violations resolve. */
  enum End {
    NONE(null),
    CHANGED("contract_changed"),
    REMOVED("contract_removed");

    private final String reason;

    End(String reason) {
      this.reason = reason;
    }
  }

  /**
   * Judges the windows.
   *
   * @param windows the windows and their reports
   */
  static Segment of(
      Terms terms,
      String application,
      NavigableMap<ExpectedWindow, List<FoundReport>> windows,
      End end) {
    Segment segment = new Segment(new ArrayList<>(), new HashMap<>());
    if (terms.outcome() == Terms.Outcome.FAILS) {
      windows.forEach(
          (window, reports) ->
              segment.events.add(
                  Claim.failed(Claim.About.failed(terms, application, window), terms, reports)));
      return segment;
    }
    for (Terms.Promise promise : terms.promises()) {
      segment.follow(terms, application, promise, windows, end);
    }
    if (end == End.REMOVED) {
      segment.standings.clear();
    }
    return segment;
  }

  private void follow(
      Terms terms,
      String application,
      Terms.Promise promise,
      NavigableMap<ExpectedWindow, List<FoundReport>> windows,
      End end) {
    Course course = new Course(terms.damping().openAfter(), terms.damping().resolveAfter());
    windows.forEach(
        (window, reports) -> {
          Judgement judgement = Judgement.of(promise, reports);
          String type = course.next(judgement.verdict(), window.start());
          if (type != null) {
            boolean lasts = judgement.verdict() != Verdict.UNDETERMINED;
            events.add(
                Claim.of(
                    Claim.About.window(terms, application, promise, window),
                    type,
                    terms,
                    promise,
                    judgement,
                    reports.size(),
                    lasts ? (Long) course.since() : null));
          }
          standings.put(
              Standing.Of.promise(terms, application, promise),
              new Standing(
                  terms.version(),
                  judgement.verdict().name().toLowerCase(Locale.ROOT),
                  course.isOpen() ? (Long) course.since() : null,
                  window.start()));
        });
    if (end != End.NONE && course.isOpen()) {
      ExpectedWindow last = windows.lastKey();
      events.add(
          Claim.of(
                  Claim.About.window(terms, application, promise, last).endOfContract(),
                  "qoa.violation.resolved",
                  terms,
                  promise,
                  new Judgement(Verdict.MET, null, null),
                  windows.get(last).size(),
                  course.since())
              .because(end.reason));
    }
  }
}
