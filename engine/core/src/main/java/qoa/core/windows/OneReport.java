package qoa.core.windows;

import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import qoa.core.model.MetricSummary;
import qoa.core.model.Observation;
import qoa.core.model.Position;
import qoa.core.model.Report;
import qoa.core.model.StageSummary;
import qoa.core.model.WindowSummary;

/**
 * The summary of one report, as a {@link Pane} gives it, if the report is plain: one stage and few
 * metrics, each once, so that a number is its own minimum, mean and so on. Most reports are plain,
 * and contracts that judge each report need a summary of each. A policy looks at one or two
 * metrics, so a metric is summarized when it is looked up.
 *
 * <p>Immutable; any number of threads may read it.
 */
final class OneReport extends AbstractMap<String, MetricSummary> {

  /** Up to this number, metrics are compared with each other one by one. */
  static final int MOST_METRICS = 16;

  private final List<Observation> observations;
  private final Position position;

  private OneReport(List<Observation> observations, Position position) {
    this.observations = observations;
    this.position = position;
  }

  /** The summary of a report alone. */
  static WindowSummary summary(Report report) {
    Position position = report.raw().position();
    List<Observation> observations = report.observations();
    if (isPlain(observations)) {
      OneReport metrics = new OneReport(observations, position);
      Map<String, StageSummary> stages =
          Map.of(observations.get(0).stage(), new StageSummary(instances(observations), metrics));
      return new WindowSummary(1, stages, metrics, position, position, null);
    }
    Pane pane = new Pane();
    pane.add(report, position);
    return pane.close();
  }

  private static boolean isPlain(List<Observation> observations) {
    int size = observations.size();
    if (size == 0 || size > MOST_METRICS) {
      return false;
    }
    String stage = observations.get(0).stage();
    for (int i = 1; i < size; i++) {
      Observation observation = observations.get(i);
      if (!observation.stage().equals(stage)
          || find(observations, i, observation.metric()) != null) {
        return false;
      }
    }
    return true;
  }

  private static SortedSet<String> instances(List<Observation> observations) {
    SortedSet<String> instances = new TreeSet<>();
    String latest = null;
    for (Observation observation : observations) {
      String instance = observation.instance();
      if (instance != null && !instance.equals(latest)) {
        instances.add(instance);
        latest = instance;
      }
    }
    return instances;
  }

  /** The observation of a metric, among the first so many; null where it is not among them. */
  private static Observation find(List<Observation> observations, int among, Object metric) {
    for (int i = 0; i < among; i++) {
      if (observations.get(i).metric().equals(metric)) {
        return observations.get(i);
      }
    }
    return null;
  }

  @Override
  public int size() {
    return observations.size();
  }

  @Override
  public MetricSummary get(Object metric) {
    Observation observation = find(observations, size(), metric);
    return observation == null ? null : summary(observation);
  }

  @Override
  public boolean containsKey(Object metric) {
    return find(observations, size(), metric) != null;
  }

  /** All of them, in order of the name. */
  @Override
  public Set<Map.Entry<String, MetricSummary>> entrySet() {
    Map<String, MetricSummary> all = new TreeMap<>();
    observations.forEach(observation -> all.put(observation.metric(), summary(observation)));
    return all.entrySet();
  }

  private MetricSummary summary(Observation of) {
    MetricSummary.Evidence evidence =
        new MetricSummary.Evidence(position, position, position, position);
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
