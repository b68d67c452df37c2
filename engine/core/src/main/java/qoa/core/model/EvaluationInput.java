package qoa.core.model;

/**
 * The input of one evaluation; {@code policies/README.md} describes how a policy sees it.
 *
 * @param contract the contract's id
 * @param application the application reported on
 * @param window the span of event time; the moment of the report where each report is judged
 * @param summary what was observed in the window
 * @param report the report itself where each report is judged, else null
 * @param late true where a report came after its window was closed, and is judged on its own
 */
public record EvaluationInput(
    String contract,
    String application,
    Window window,
    WindowSummary summary,
    Report report,
    boolean late) {

  /** The input of a window that closed. */
  public static EvaluationInput ofWindow(
      String contract, String application, Window window, WindowSummary summary) {
    return new EvaluationInput(contract, application, window, summary, null, false);
  }
}
