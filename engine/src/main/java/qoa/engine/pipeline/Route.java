package qoa.engine.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import qoa.engine.contracts.Contract;
import qoa.engine.contracts.ContractSet;
import qoa.engine.contracts.Schedule;
import qoa.engine.evaluate.Evaluation;
import qoa.engine.model.EvaluationInput;
import qoa.engine.model.Position;
import qoa.engine.model.Report;
import qoa.engine.model.Source;
import qoa.engine.ops.ReportOutcome;
import qoa.engine.window.ClosedWindow;
import qoa.engine.window.TumblingWindows;
import qoa.engine.window.Watermark;

/**
 * What becomes of the reports of one application: the contracts that match it, its open windows and
 * its watermark. Used by the pipeline's one thread.
 */
final class Route {

  private record Timeline(TumblingWindows windows, List<Contract> contracts) {}

  private final String application;
  private final Watermark watermark;
  private final List<Contract> eachReport = new ArrayList<>();
  private final List<Timeline> timelines = new ArrayList<>();
  private final Consumer<Evaluation> evaluations;

  /**
   * @param idleTimeout after how many milliseconds a silent source no longer holds windows open
   * @param evaluations gets what is to be evaluated, in the order in which it became due
   */
  Route(
      String application,
      ContractSet contracts,
      long idleTimeout,
      Consumer<Evaluation> evaluations) {
    this.application = application;
    this.watermark = new Watermark(idleTimeout);
    this.evaluations = evaluations;
    Map<Schedule.Tumbling, List<Contract>> bySchedule = new LinkedHashMap<>();
    for (Contract contract : contracts.forApplication(application)) {
      if (contract.schedule() instanceof Schedule.Tumbling tumbling) {
        bySchedule.computeIfAbsent(tumbling, s -> new ArrayList<>()).add(contract);
      } else {
        eachReport.add(contract);
      }
    }
    bySchedule.forEach(
        (schedule, matching) ->
            timelines.add(new Timeline(new TumblingWindows(schedule), matching)));
  }

  /**
   * Takes a report in, and closes what its event time closes.
   *
   * @param now the clock, in milliseconds
   * @return late where it came too late for any contract's window, though others may have judged it
   */
  ReportOutcome take(Report report, long now) {
    if (eachReport.isEmpty() && timelines.isEmpty()) {
      return ReportOutcome.UNMATCHED;
    }
    for (Contract contract : eachReport) {
      evaluate(contract, ClosedWindow.ofReport(contract.id(), report));
    }
    boolean late = !timelines.isEmpty() && addToWindows(report);
    Source source = report.raw().source();
    watermark.observe(source, report.eventTime(), now);
    closeDue();
    return late ? ReportOutcome.LATE : ReportOutcome.EVALUATED;
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

  /** Lets the clock close windows of an application that fell silent. */
  void advance(long now) {
    watermark.advance(now);
    closeDue();
  }

  /** Closes all windows that have reports: no more will come. */
  void finish() {
    for (Timeline timeline : timelines) {
      timeline.windows().closeAll().forEach(closed -> evaluate(timeline, closed));
    }
  }

  /** Lowers offsets to the oldest reports that open windows rest on. */
  void oldestNeeded(Map<Source, Long> offsets) {
    timelines.forEach(timeline -> timeline.windows().oldestNeeded(offsets));
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
