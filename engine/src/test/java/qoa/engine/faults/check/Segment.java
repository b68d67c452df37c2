package qoa.engine.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import qoa.engine.faults.check.Judgement.Verdict;

/**
 * What must come of some windows of one application in a row, all judged by one version of a
 * contract. A version begins anew: it knows nothing of what the one before had open.
 *
 * @param standings how each promise stands at the end
 */
record Segment(List<Claim> events, Map<Standing.Of, Standing> standings) {

  /**
   * Judges the windows.
   *
   * @param windows the reports of each, by its start
   * @param superseded whether another version follows: what is open then ends
   */
  static Segment of(
      Terms terms, String application, SortedMap<Long, List<Report>> windows, boolean superseded) {
    Segment segment = new Segment(new ArrayList<>(), new HashMap<>());
    for (Terms.Promise promise : terms.promises()) {
      segment.follow(terms, application, promise, windows, superseded);
    }
    return segment;
  }

  private void follow(
      Terms terms,
      String application,
      Terms.Promise promise,
      SortedMap<Long, List<Report>> windows,
      boolean superseded) {
    Course course = new Course(terms.openAfter(), terms.resolveAfter());
    windows.forEach(
        (start, reports) -> {
          Judgement judgement = Judgement.of(promise, reports);
          String type = course.next(judgement.verdict(), start);
          if (type != null) {
            boolean lasts = judgement.verdict() != Verdict.UNDETERMINED;
            events.add(
                Claim.of(
                    Claim.About.window(terms, application, promise, start),
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
                  start));
        });
    if (superseded && course.isOpen()) {
      long last = windows.lastKey();
      events.add(
          Claim.of(
              Claim.About.window(terms, application, promise, last).endOfContract(),
              "qoa.violation.resolved",
              terms,
              promise,
              new Judgement(Verdict.MET, null, null),
              windows.get(last).size(),
              course.since()));
    }
  }
}
