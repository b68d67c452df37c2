package qoa.engine.window;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import qoa.engine.model.MetricSummary;
import qoa.engine.model.Observation;
import qoa.engine.model.Position;
import qoa.engine.model.Report;
import qoa.engine.model.StageSummary;

/**
 * The reports of one application in one span of event time, aggregated as they come. Memory grows
 * with the number of stages and metrics, not with the number of reports. Not safe for several
 * threads.
 */
final class Pane {

  /** Beyond this many a stage's instances are not listed any more. */
  static final int MOST_INSTANCES = 1_000;

  /**
   * Beyond this many metrics further ones are left out, and constraints on them are undetermined: a
   * client that makes up a new name for each report must not fill the memory.
   */
  static final int MOST_METRICS = 10_000;

  private final Map<String, Stage> stages = new HashMap<>();
  private int allMetrics;
  private long reports;
  private long firstTime;
  private long lastTime;
  private Position first;
  private Position last;

  private final class Stage {
    final Map<String, Aggregate> metrics = new HashMap<>();
    final SortedSet<String> instances = new TreeSet<>();
    String latestInstance;

    void add(Observation observation, long time, Position position) {
      addInstance(observation.instance());
      Aggregate aggregate = metrics.get(observation.metric());
      if (aggregate == null) {
        if (allMetrics == MOST_METRICS) {
          return;
        }
        allMetrics++;
        aggregate = new Aggregate();
        metrics.put(observation.metric(), aggregate);
      }
      aggregate.add(observation, time, position);
    }

    @SuppressWarnings("ReferenceEquality") // observations of a report share their instance
    private void addInstance(String instance) {
      if (instance != latestInstance) {
        latestInstance = instance;
        if (instance != null && instances.size() < MOST_INSTANCES) {
          instances.add(instance);
        }
      }
    }
  }

  /** Takes a report's observations in. */
  void add(Report report, Position position) {
    reports++;
    long time = report.eventTime();
    if (first == null || Aggregate.isBefore(time, position, firstTime, first)) {
      firstTime = time;
      first = position;
    }
    if (last == null || !Aggregate.isBefore(time, position, lastTime, last)) {
      lastTime = time;
      last = position;
    }
    for (Observation observation : report.observations()) {
      Stage stage = stages.get(observation.stage());
      if (stage == null) {
        stage = new Stage();
        stages.put(observation.stage(), stage);
      }
      stage.add(observation, time, position);
    }
  }

  /** Everything known at the end; the pane must not be used any more. */
  Summary close() {
    SortedMap<String, StageSummary> byStage = new TreeMap<>();
    stages.forEach((name, stage) -> byStage.put(name, summary(stage)));
    return new Summary(reports, byStage, wholeApplication(byStage), first, last);
  }

  private static StageSummary summary(Stage stage) {
    SortedMap<String, MetricSummary> metrics = new TreeMap<>();
    stage.metrics.forEach((name, aggregate) -> metrics.put(name, aggregate.summary()));
    return new StageSummary(stage.instances, metrics);
  }

  private SortedMap<String, MetricSummary> wholeApplication(
      SortedMap<String, StageSummary> byStage) {
    SortedMap<String, MetricSummary> whole = new TreeMap<>();
    Set<String> shared = new TreeSet<>();
    for (StageSummary stage : byStage.values()) {
      stage
          .metrics()
          .forEach(
              (name, summary) -> {
                if (whole.put(name, summary) != null) {
                  shared.add(name);
                }
              });
    }
    shared.forEach(name -> whole.put(name, merged(name).summary()));
    return whole;
  }

  private Aggregate merged(String metric) {
    Aggregate whole = new Aggregate();
    for (Stage stage : new TreeMap<>(stages).values()) {
      Aggregate part = stage.metrics.get(metric);
      if (part != null) {
        whole.merge(part);
      }
    }
    return whole;
  }

  /**
   * What a closed pane knows.
   *
   * @param reports how many there were
   * @param stages by name, in order of the name
   * @param metrics the same over all stages, in order of the name
   * @param first the earliest report; null where there is none
   * @param last the latest report; null where there is none
   */
  record Summary(
      long reports,
      Map<String, StageSummary> stages,
      Map<String, MetricSummary> metrics,
      Position first,
      Position last) {}
}
