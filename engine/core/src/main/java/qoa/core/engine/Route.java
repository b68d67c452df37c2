package qoa.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import qoa.core.contracts.Contract;
import qoa.core.contracts.Schedule;
import qoa.core.evaluate.Evaluation;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Position;
import qoa.core.model.Report;
import qoa.core.windows.ClosedWindow;
import qoa.core.windows.NamedMetrics;
import qoa.core.windows.TumblingWindows;
import qoa.core.windows.Watermark;

/**
 * The way of the reports of one application in one partition: the contracts that match it, its open
 * windows and its watermark. Used by the engine's one thread.
 */
final class Route {

  /** The event times that a part of the route is for. */
  private record Span(long from, long until) {
    boolean has(long time) {
      return time >= from && time < until;
    }
  }

  /**
   * Contracts share windows of the same schedule and span where the ones before are the same too.
   *
   * @param before null where there were none
   */
  private record Windows(Schedule.Tumbling schedule, Span span, Windows before) {}

  private record Timeline(TumblingWindows windows, Span span, List<Contract> contracts) {}

  private record EachReport(Span span, Contract contract) {}

  private final String application;
  private final Watermark watermark;
  private final Map<String, Timetable> timetables;
  private final List<EachReport> eachReport = new ArrayList<>();
  private final List<Timeline> timelines = new ArrayList<>();
  private final Consumer<Evaluation> evaluations;
  private long latest;

  /**
   * @param matching the contracts that judge this application
   * @param timetables of those whose own schedule does not hold for all time, by contract
   * @param promised the stages and metrics that its windows always have room for
   * @param latest the latest event time so far
   * @param evaluations gets evaluations in the order in which they become due
   */
  Route(
      String application,
      List<Contract> matching,
      Map<String, Timetable> timetables,
      NamedMetrics promised,
      Watermark watermark,
      long latest,
      Consumer<Evaluation> evaluations) {
    this.application = application;
    this.watermark = watermark;
    this.timetables = timetables;
    this.latest = latest;
    this.evaluations = evaluations;
    Map<Windows, List<Contract>> bySchedule = new LinkedHashMap<>();
    for (Contract contract : matching) {
      Timetable timetable = timetables.get(contract.id());
      if (timetable == null) {
        timetable = Timetable.of(contract.schedule());
      }
      Windows before = null;
      for (int i = 0; i < timetable.segments().size(); i++) {
        Timetable.Segment segment = timetable.segments().get(i);
        Span span = new Span(segment.from(), timetable.until(i));
        Contract judging = contract.judging(segment.schedule());
        if (segment.schedule() instanceof Schedule.Tumbling windows) {
          before = new Windows(windows, span, before);
          bySchedule.computeIfAbsent(before, s -> new ArrayList<>()).add(judging);
          continue;
        }
        before = null;
        if (segment.schedule() != null) {
          eachReport.add(new EachReport(span, judging));
        }
      }
    }
    Map<Windows, TumblingWindows> made = new HashMap<>();
    bySchedule.forEach(
        (windows, contracts) -> {
          TumblingWindows open =
              new TumblingWindows(windows.schedule(), windows.span().until(), promised);
          made.put(windows, open);
          if (windows.before() != null) {
            made.get(windows.before()).followedBy(open);
          }
          timelines.add(new Timeline(open, windows.span(), contracts));
        });
  }

  /** Whether windows are to be remembered. */
  boolean hasWindows() {
    return !timelines.isEmpty();
  }

  /**
   * Takes a report in, and closes what its event time closes.
   *
   * @param now the clock, in milliseconds
   * @return late where it came too late for the window of any contract, even if others judged it;
   *     unmatched where no contract judges it
   */
  ReportOutcome take(Report report, long now) {
    long time = report.eventTime();
    boolean matched = false;
    for (EachReport each : eachReport) {
      if (each.span().has(time)) {
        matched = true;
        evaluate(each.contract(), ClosedWindow.ofReport(each.contract().id(), report));
      }
    }
    if (timelines.isEmpty()) {
      return matched ? ReportOutcome.EVALUATED : ReportOutcome.UNMATCHED;
    }
    ReportOutcome outcome = addToWindows(report);
    latest = Math.max(latest, time);
    watermark.observe(report, now);
    closeDue();
    return matched && outcome == ReportOutcome.UNMATCHED ? ReportOutcome.EVALUATED : outcome;
  }

  /** Takes a report in that was judged before a restart: it only fills the windows left open. */
  void recall(Report report, long now) {
    for (Timeline timeline : timelines) {
      if (timeline.span().has(report.eventTime())) {
        timeline.windows().add(report, report.raw().position(), watermark.value());
      }
    }
    watermark.recall(report, now);
  }

  private ReportOutcome addToWindows(Report report) {
    ReportOutcome outcome = ReportOutcome.UNMATCHED;
    Position position = report.raw().position();
    for (Timeline timeline : timelines) {
      if (!timeline.span().has(report.eventTime())) {
        continue;
      }
      if (timeline.windows().add(report, position, watermark.value())) {
        outcome = outcome == ReportOutcome.LATE ? outcome : ReportOutcome.EVALUATED;
        continue;
      }
      outcome = ReportOutcome.LATE;
      for (Contract contract : timeline.contracts()) {
        evaluate(
            contract,
            ClosedWindow.ofLate(
                contract.id(), report, timeline.windows().window(report.eventTime())));
      }
    }
    return outcome;
  }

  /** Lets the clock close windows of an application that fell silent; with them it stops. */
  void advance(long now) {
    if (hasOpen()) {
      watermark.advance(now);
      closeDue();
    }
  }

  /** Whether a window waits to be closed. */
  boolean hasOpen() {
    for (Timeline timeline : timelines) {
      if (timeline.windows().hasOpen()) {
        return true;
      }
    }
    return false;
  }

  /** Closes all windows that have reports: there are no more. */
  void finish() {
    for (Timeline timeline : timelines) {
      timeline.windows().closeAll().forEach(closed -> evaluate(timeline, closed));
    }
  }

  /** The offset of the oldest report still needed; {@link Long#MAX_VALUE} where none is. */
  long oldestNeeded() {
    long oldest = Long.MAX_VALUE;
    for (Timeline timeline : timelines) {
      oldest = Math.min(oldest, timeline.windows().oldestNeeded());
    }
    return oldest;
  }

  /** What a restart must know of it. */
  ApplicationState state() {
    Map<String, Timetable> left = Map.of();
    if (!timetables.isEmpty()) {
      left = new HashMap<>(timetables);
      left.replaceAll((contract, timetable) -> timetable.without(watermark.value()));
      left.values().removeIf(Timetable::isPlain);
    }
    return new ApplicationState(watermark.value(), latest, watermark.clocks(), left);
  }

  private void closeDue() {
    for (Timeline timeline : timelines) {
      if (timeline.windows().isDue(watermark.value())) {
        timeline.windows().close(watermark.value()).forEach(closed -> evaluate(timeline, closed));
      }
    }
  }

  private void evaluate(Timeline timeline, ClosedWindow closed) {
    for (Contract contract : timeline.contracts()) {
      evaluate(contract, closed.input(contract.id(), application));
    }
  }

  private void evaluate(Contract contract, EvaluationInput input) {
    evaluations.accept(new Evaluation(contract, input));
  }
}
