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

/** The events and statuses that follow from the contracts and the reports. */
final class Expectation {

  private record Subject(String contract, String application) {}

  private final Map<Subject, List<FoundEvent>> found;
  private final List<Claim> events = new ArrayList<>();
  private final Map<Standing.Of, Standing> standings = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param contracts all versions of each contract, in the order in which they were active
   * @param reports the reports, in an order in which they may have been read
   * @param found the events found: they determine which of several versions judged a window
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
   * The events of a late report name the version that judged it. Without events, it is the first
   * version. Whether a contract existed when the report arrived depends on the engine.
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

  /** The last verdict and when it was first given: only a changed verdict is written. */
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

  /** A report that is judged on its own, because the contract judges each report or it is late. */
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

  /** The status of each promise at the end. */
  Map<Standing.Of, Standing> standings() {
    return standings;
  }

  /** Problems other than lost, duplicated or wrong events. */
  List<String> problems() {
    return problems;
  }
}
