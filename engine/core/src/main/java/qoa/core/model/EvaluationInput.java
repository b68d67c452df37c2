package qoa.core.model;

import java.util.Map;

/**
 * What one evaluation looks at; {@code policies/README.md} describes how a policy sees it.
 *
 * @param contract the contract's id
 * @param application the application reported on
 * @param window the span of event time; the report's moment where each report is judged
 * @param reports how many reports it rests on; 0 for an application that fell silent
 * @param stages by name, in order of the name
 * @param metrics the same metrics over all stages, by name, in order of the name
 * @param report the report itself where each report is judged, else null
 * @param late true where a report came after its window was closed, and is judged on its own
 * @param first the first report it rests on, by event time; null where there is none
 * @param last the last report it rests on, by event time; null where there is none
 * @param leftOut what the window had no room for; null where nothing was left out
 */
public record EvaluationInput(
    String contract,
    String application,
    Window window,
    long reports,
    Map<String, StageSummary> stages,
    Map<String, MetricSummary> metrics,
    Report report,
    boolean late,
    Position first,
    Position last,
    LeftOut leftOut) {

  /** What nothing was left out of. */
  public EvaluationInput(
      String contract,
      String application,
      Window window,
      long reports,
      Map<String, StageSummary> stages,
      Map<String, MetricSummary> metrics,
      Report report,
      boolean late,
      Position first,
      Position last) {
    this(contract, application, window, reports, stages, metrics, report, late, first, last, null);
  }
}
