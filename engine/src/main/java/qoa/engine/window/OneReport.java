package qoa.engine.window;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import qoa.engine.model.MetricSummary;
import qoa.engine.model.Observation;
import qoa.engine.model.Position;
import qoa.engine.model.Report;
import qoa.engine.model.StageSummary;

/**
 * What a {@link Pane} would say of one report, where that is plain: one stage and each metric once,
 * so that a number is its own minimum, mean and so on. It is what most reports are, and contracts
 * that judge each report need it for each.
 */
final class OneReport {

  private OneReport() {}

  /** The summary of a report alone. */
  static Pane.Summary summary(Report report) {
    Position position = report.raw().position();
    Pane.Summary plain = plain(report.observations(), position);
    if (plain != null) {
      return plain;
    }
    Pane pane = new Pane();
    pane.add(report, position);
    return pane.close();
  }

  private static Pane.Summary plain(List<Observation> observations, Position position) {
    if (observations.isEmpty() || observations.size() > Pane.MOST_INSTANCES) {
      return null;
    }
    String stage = observations.get(0).stage();
    MetricSummary.Evidence evidence =
        new MetricSummary.Evidence(position, position, position, position);
    TreeSet<String> instances = new TreeSet<>();
    SortedMap<String, MetricSummary> metrics = new TreeMap<>();
    for (Observation observation : observations) {
      if (!observation.stage().equals(stage)
          || metrics.put(observation.metric(), summary(observation, evidence)) != null) {
        return null;
      }
      if (observation.instance() != null) {
        instances.add(observation.instance());
      }
    }
    SortedMap<String, StageSummary> stages = new TreeMap<>();
    stages.put(stage, new StageSummary(instances, metrics));
    return new Pane.Summary(1, stages, metrics, position, position);
  }

  private static MetricSummary summary(Observation of, MetricSummary.Evidence evidence) {
    if (of.flag()) {
      Boolean flag = of.value() != 0;
      return new MetricSummary(
          of.unit(), 1, null, null, null, null, null, null, null, null, null, flag, flag, evidence);
    }
    Double value = of.value();
    Double unsigned = value == 0 ? Double.valueOf(0) : value; // a sum or product is never -0
    return new MetricSummary(
        of.unit(), 1, unsigned, value, value, unsigned, value, value, value, value, unsigned, null,
        null, evidence);
  }
}
