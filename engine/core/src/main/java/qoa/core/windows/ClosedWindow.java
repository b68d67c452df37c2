package qoa.core.windows;

import qoa.core.model.EvaluationInput;
import qoa.core.model.Report;
import qoa.core.model.Window;
import qoa.core.model.WindowSummary;

/**
 * A window that nothing more can be added to, ready to be evaluated.
 *
 * @param window the span of event time
 * @param summary what was observed in it
 */
public record ClosedWindow(Window window, WindowSummary summary) {

  /** The evaluation input of a contract. */
  public EvaluationInput input(String contract, String application) {
    return EvaluationInput.ofWindow(contract, application, window, summary);
  }

  /** One report as an evaluation input, for a contract that judges each. */
  public static EvaluationInput ofReport(String contract, Report report) {
    return new EvaluationInput(
        contract,
        report.application(),
        Window.moment(report.eventTime()),
        OneReport.summary(report),
        report,
        false);
  }

  /** One report that came too late for its window, to be judged on its own. */
  public static EvaluationInput ofLate(String contract, Report report, Window window) {
    return new EvaluationInput(
        contract, report.application(), window, OneReport.summary(report), null, true);
  }
}
