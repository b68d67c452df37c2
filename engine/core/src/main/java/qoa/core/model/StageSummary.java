package qoa.core.model;

import java.util.Map;
import java.util.SortedSet;

/**
 * What one stage reported in one window.
 *
 * @param instances who reported, in order; at most as many as the window package bounds it to
 * @param metrics by name, in order of the name
 */
public record StageSummary(SortedSet<String> instances, Map<String, MetricSummary> metrics) {}
