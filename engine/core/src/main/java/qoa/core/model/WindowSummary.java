package qoa.core.model;

import java.util.Map;

/**
 * What the reports of one window, or one report alone, add up to.
 *
 * @param reports the number of reports; 0 for an application that fell silent
 * @param stages by name, in order of the name
 * @param metrics the same metrics over all stages, by name, in order of the name
 * @param first the first report by event time; null where there is none
 * @param last the last report by event time; null where there is none
 * @param leftOut what the window had no room for; null where nothing was left out
 */
public record WindowSummary(
    long reports,
    Map<String, StageSummary> stages,
    Map<String, MetricSummary> metrics,
    Position first,
    Position last,
    LeftOut leftOut) {}
