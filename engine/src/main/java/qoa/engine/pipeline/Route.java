package qoa.engine.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import qoa.engine.contracts.Contract;
import qoa.engine.contracts.Schedule;
import qoa.engine.evaluate.Evaluation;
import qoa.engine.model.EvaluationInput;
import qoa.engine.model.Position;
import qoa.engine.model.Report;
import qoa.engine.ops.ReportOutcome;
import qoa.engine.window.ClosedWindow;
import qoa.engine.window.TumblingWindows;
import qoa.engine.window.Watermark;

/**
 * What becomes of the reports of one application in one home: the contracts that match it, its open
 * windows and its watermark. Used by the pipeline's one thread.
 */
final class Route {

  private record Timeline(TumblingWindows windows, List<Contract> contracts) {}

  private final String application;
  private final Watermark watermark;
  private final List<Contract> eachReport = new ArrayList<>();
  private final List<Timeline> timelines = new ArrayList<>();
  private final Consumer<Evaluation> evaluations;

  /**
   * @param matching the contracts that judge this application
   * @param evaluations gets what is to be evaluated, in the order in which it became due
   */
  Route(
      String application,
      List<Contract> matching,
      Watermark watermark,
      Consumer<Evaluation> evaluations) {
    this.application = application;
    this.watermark = watermark;
    this.evaluations = evaluations;
    Map<Schedule.Tumbling, List<Contract>> bySchedule = new LinkedHashMap<>();
    for (Contract contract : matching) {
      if (contract.schedule() instanceof Schedule.Tumbling tumbling) {
        bySchedule.computeIfAbsent(tumbling.windows(), s -> new ArrayList<>()).add(contract);
      } else {
        eachReport.add(contract);
      }
    }
    bySchedule.forEach(
        (schedule, contracts) ->
            timelines.add(new Timeline(new TumblingWindows(schedule), contracts)));
  }

  /** Whether no contract asks for this application. */
  boolean isUnmatched() {
    return eachReport.isEmpty() && timelines.isEmpty();
  }

  /**
   * Takes a report in, and closes what its event time closes.
   *
   * @param now the clock, in milliseconds
   * @return late where it came too late for any contract's window, though others may have judged it
   */
  ReportOutcome take(Report report, long now) {
    if (isUnmatched()) {
      return ReportOutcome.UNMATCHED;
    }
    for (Contract contract : eachReport) {
      evaluate(contract, ClosedWindow.ofReport(contract.id(), report));
    }
    if (timelines.isEmpty()) {
      return ReportOutcome.EVALUATED;
    }
    boolean late = addToWindows(report);
    watermark.observe(report.raw().source(), report.eventTime(), now);
    closeDue();
    return late ? ReportOutcome.LATE : ReportOutcome.EVALUATED;
  }

  /** Takes a report in that was judged before a restart: it only fills the windows left open. */
  void recall(Report report, long now) {
    for (Timeline timeline : timelines) {
      timeline.windows().add(report, report.raw().position(), watermark.value());
    }
    watermark.recall(report.raw().source(), report.eventTime(), now);
  }

  private boolean addToWindows(Report report) {
    boolean late = false;
    Position position = report.raw().position();
    for (Timeline timeline : timelines) {
      if (!timeline.windows().add(report, position, watermark.value())) {
        late = true;
        for (Contract contract : timeline.contracts()) {
          evaluate(
              contract,
              ClosedWindow.ofLate(
                  contract.id(), report, timeline.windows().window(report.eventTime())));
        }
      }
    }
    return late;
  }

  /** Lets the clock close windows of an application that fell silent; with them it stops. */
  void advance(long now) {
    for (Timeline timeline : timelines) {
      if (timeline.windows().hasOpen()) {
        watermark.advance(now);
        closeDue();
        return;
      }
    }
  }

  /** Closes all windows that have reports: no more will come. */
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

  /** How far event time has come; {@link Long#MIN_VALUE} where nothing depends on it. */
  long watermark() {
    return timelines.isEmpty() ? Long.MIN_VALUE : watermark.value();
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
