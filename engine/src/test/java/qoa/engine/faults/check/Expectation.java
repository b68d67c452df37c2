package qoa.engine.faults.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The events and statuses that contracts and reports demand (DESIGN sections 5 to 8). */
final class Expectation {

  private final List<Claim> found;
  private final List<Claim> events = new ArrayList<>();
  private final Map<Standing.Of, Standing> standings = new HashMap<>();

  /**
   * @param contracts all versions of each, in the order in which they were in force
   * @param found the events that there are: they tell which version judged a window, where there
   *     are several
   */
  Expectation(List<Terms> contracts, List<Report> reports, List<Claim> found) {
    this.found = found;
    Map<String, List<Report>> byApplication =
        reports.stream()
            .sorted(Comparator.comparing(Report::place))
            .collect(Collectors.groupingBy(Report::application, TreeMap::new, Collectors.toList()));
    contracts.stream()
        .collect(Collectors.groupingBy(Terms::id, LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(
            versions ->
                byApplication.forEach(
                    (application, theirs) -> {
                      if (versions.get(0).isFor(application)) {
                        expect(versions, application, theirs);
                      }
                    }));
  }

  private void expect(List<Terms> versions, String application, List<Report> reports) {
    Terms first = versions.get(0);
    if (first.isForEachReport()) {
      expectEach(first, application, reports);
      return;
    }
    List<Claim> theirs =
        found.stream()
            .filter(claim -> claim.about().contract().equals(first.id()))
            .filter(claim -> claim.about().application().equals(application))
            .toList();
    Timeline timeline = new Timeline(first.size(), first.grace(), reports);
    for (Report report : timeline.late()) {
      long start = timeline.start(report.time());
      expectAlone(judgeOf(report, versions, theirs), report, start, start + first.size());
    }
    for (Segment segment : new Versions(versions, application, theirs).judge(timeline.judged())) {
      events.addAll(segment.events());
      standings.putAll(segment.standings());
    }
  }

  /** The version that judged a late report, by what it said; the first where it said nothing. */
  private static Terms judgeOf(Report report, List<Terms> versions, List<Claim> found) {
    return found.stream()
        .filter(claim -> Objects.equals(claim.about().report(), report.place()))
        .flatMap(claim -> versions.stream().filter(v -> v.version().equals(claim.version())))
        .findFirst()
        .orElse(versions.get(0));
  }

  private void expectEach(Terms terms, String application, List<Report> reports) {
    reports.forEach(report -> expectAlone(terms, report, report.time(), report.time()));
    boolean ordered = reports.stream().map(r -> r.place().partition()).distinct().count() == 1;
    for (Terms.Promise promise : terms.promises()) {
      standings.put(
          Standing.Of.promise(terms, application, promise),
          ordered ? standing(terms, promise, reports) : Standing.any(terms.version()));
    }
  }

  /** What was said last, since it was said first: only another verdict is told. */
  private static Standing standing(Terms terms, Terms.Promise promise, List<Report> reports) {
    Standing standing = null;
    for (Report report : reports) {
      String verdict =
          Judgement.of(promise, List.of(report)).verdict().name().toLowerCase(Locale.ROOT);
      if (standing == null || !standing.verdict().equals(verdict)) {
        standing = new Standing(terms.version(), verdict, null, report.time());
      }
    }
    return standing;
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
        Claim.About about =
            Claim.About.window(terms, report.application(), promise, start)
                .report(report.place(), start, end);
        events.add(Claim.of(about, type, terms, promise, judgement, 1, null));
      }
    }
  }

  List<Claim> events() {
    return events;
  }

  /** How each promise stands at the end. */
  Map<Standing.Of, Standing> standings() {
    return standings;
  }
}
