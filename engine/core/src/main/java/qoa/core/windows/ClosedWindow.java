package qoa.core.windows;

import qoa.core.model.EvaluationInput;
import qoa.core.model.Report;
import qoa.core.model.Window;

/** A window that nothing more can be added to, ready to be evaluated. */
public final class ClosedWindow {

  private final Window window;
  private final Pane.Summary summary;

  ClosedWindow(Window window, Pane.Summary summary) {
    this.window = window;
    this.summary = summary;
  }

  /** The span of event time. */
  public Window window() {
    return window;
  }

  /** What a contract's policy is to look at. */
  public EvaluationInput input(String contract, String application) {
    return input(contract, application, null, false);
  }

  private EvaluationInput input(String contract, String application, Report report, boolean late) {
    return new EvaluationInput(
        contract,
        application,
        window,
        summary.reports(),
        summary.stages(),
        summary.metrics(),
        report,
        late,
        summary.first(),
        summary.last(),
        summary.leftOut());
  }

  /** One report as an evaluation input, for a contract that judges each. */
  public static EvaluationInput ofReport(String contract, Report report) {
    return alone(report, Window.moment(report.eventTime()))
        .input(contract, report.application(), report, false);
  }

  /** One report that came too late for its window, to be judged on its own. */
  public static EvaluationInput ofLate(String contract, Report report, Window window) {
    return alone(report, window).input(contract, report.application(), null, true);
  }

  private static ClosedWindow alone(Report report, Window window) {
    return new ClosedWindow(window, OneReport.summary(report));
  }
}
