package qoa.systemtests.faults.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The events and statuses that the contracts and the reports require. */
final class Expectation {

  private record Subject(String contract, String application) {}

  private final Map<Subject, List<FoundEvent>> found;
  private final List<Claim> events = new ArrayList<>();
  private final Map<Standing.Of, Standing> standings = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param contracts all versions of each, in the order in which they were in force
   * @param reports in the order in which they may have been read
   * @param found the events that there are: they tell which version judged a window, where there
   *     are several
   */
  Expectation(List<Terms> contracts, List<FoundReport> reports, List<FoundEvent> found) {
    this.found =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    event ->
                        new Subject(
                            event.claim().about().contract(),
                            event.claim().about().application())));
    Map<String, List<FoundReport>> byApplication =
        reports.stream()
            .collect(
                Collectors.groupingBy(FoundReport::application, TreeMap::new, Collectors.toList()));
    contracts.stream()
        .filter(terms -> terms.outcome() != Terms.Outcome.ANY)
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

  private void expect(List<Terms> versions, String application, List<FoundReport> reports) {
    Terms first = versions.get(0);
    if (first.isForEachReport()) {
      expectEach(first, application, reports);
      return;
    }
    List<FoundEvent> theirs = found.getOrDefault(new Subject(first.id(), application), List.of());
    Versions course = new Versions(versions, application, theirs);
    Timeline timeline = new Timeline(course.schedule(), reports);
    expectLate(versions, theirs, course.schedule(), timeline.late());
    for (Segment segment : course.judge(timeline.judged(), timeline::closed)) {
      events.addAll(segment.events());
      standings.putAll(segment.standings());
    }
    problems.addAll(course.problems());
  }

  /**
   * The version that judged a late report is told by what it said, and is the first where it said
   * nothing. Whether a contract was there already, or still, when the report came is up to the
   * engine.
   */
  private void expectLate(
      List<Terms> versions,
      List<FoundEvent> found,
      ExpectedSchedule schedule,
      List<FoundReport> late) {
    Map<Place, String> judges = new HashMap<>();
    for (FoundEvent event : found) {
      judges.putIfAbsent(event.claim().about().report(), event.claim().version());
    }
    boolean isAlwaysThere =
        versions.get(0).since() == 0 && !versions.get(versions.size() - 1).isRemoved();
    for (FoundReport report : late) {
      String version = judges.get(report.place());
      if (version != null || isAlwaysThere) {
        Terms terms =
            versions.stream()
                .filter(v -> Objects.equals(v.version(), version))
                .findFirst()
                .orElse(versions.get(0));
        expectAlone(terms, report, schedule.at(report.time()));
      }
    }
  }

  private void expectEach(Terms terms, String application, List<FoundReport> reports) {
    reports.forEach(
        report -> expectAlone(terms, report, new ExpectedWindow(report.time(), report.time(), 0)));
    boolean ordered = reports.stream().map(r -> r.place().partition()).distinct().count() == 1;
    for (Terms.Promise promise : terms.promises()) {
      standings.put(
          Standing.Of.promise(terms, application, promise),
          ordered ? standing(terms, promise, reports) : Standing.any(terms.version()));
    }
  }

  /** What was said last, since it was said first: only another verdict is told. */
  private static Standing standing(Terms terms, Terms.Promise promise, List<FoundReport> reports) {
    Standing standing = null;
    for (FoundReport report : reports) {
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
  private void expectAlone(Terms terms, FoundReport report, ExpectedWindow window) {
    if (terms.outcome() == Terms.Outcome.FAILS) {
      Claim.About about = Claim.About.failed(terms, report.application(), window);
      events.add(Claim.failed(about.of(report), terms, List.of(report)));
      return;
    }
    for (Terms.Promise promise : terms.promises()) {
      Judgement judgement = Judgement.of(promise, List.of(report));
      String type =
          switch (judgement.verdict()) {
            case MET -> null;
            case VIOLATED -> "qoa.violation.occurred";
            case UNDETERMINED -> "qoa.constraint.undetermined";
          };
      if (type != null) {
        Claim.About about = Claim.About.window(terms, report.application(), promise, window);
        events.add(Claim.of(about.of(report), type, terms, promise, judgement, 1, null));
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

  /** What was found that may not be, beside events that are lost, doubled or wrong. */
  List<String> problems() {
    return problems;
  }
}
