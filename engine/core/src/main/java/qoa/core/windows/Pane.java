package qoa.core.windows;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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
 * The reports of one application in one span of event time, aggregated as they come. Memory grows
 * with the number of stages and metrics, not with the number of reports, and is bounded ({@link
 * Room}). Not safe for several threads.
 *
 * <p>Everything in it is complete: if a part of a metric was left out, at a stage or of the whole
 * application, the whole metric is left out there.
 */
final class Pane {

  /** Metrics of the whole application of which a part was left out, by so many hashes. */
  private static final int HIDDEN = 1 << 16;

  private final NamedMetrics promised;
  private final Room room = new Room();
  private final Map<String, Stage> stages = new HashMap<>();

  /** Metrics that contracts name over all stages, where their stages are left out. */
  private final Map<String, Aggregate> elsewhere = new HashMap<>();

  private BitSet hidden;
  private long reports;
  private long firstTime;
  private long lastTime;
  private Position first;
  private Position last;

  private final class Stage {
    final String name;
    final Map<String, Aggregate> metrics = new HashMap<>();
    final SortedSet<String> instances = new TreeSet<>();
    String latestInstance;

    Stage(String name) {
      this.name = name;
    }

    /** The aggregate of a metric; null where there is no room for it. */
    Aggregate aggregate(String metric) {
      Aggregate aggregate = metrics.get(metric);
      if (aggregate == null) {
        if (promised.has(name, metric)) {
          aggregate = new Aggregate(Room.ENDLESS);
        } else if (room.take(Room.Bound.METRICS, metric)) {
          aggregate = new Aggregate(promised.hasAnywhere(metric) ? Room.ENDLESS : room);
        } else {
          return null;
        }
        metrics.put(metric, aggregate);
      }
      return aggregate;
    }

    @SuppressWarnings("ReferenceEquality") // observations of a report share their instance
    void addInstance(String instance) {
      if (instance == latestInstance) {
        return;
      }
      latestInstance = instance;
      if (instance == null || instances.contains(instance)) {
        return;
      }
      if (instances.size() == Room.Bound.INSTANCES_OF_A_STAGE.most) {
        room.reach(Room.Bound.INSTANCES_OF_A_STAGE);
      } else if (room.take(Room.Bound.INSTANCES, instance)) {
        instances.add(instance);
      }
    }
  }

  /** Without anything that contracts name. */
  Pane() {
    this(NamedMetrics.NOTHING);
  }

  /**
   * @param promised what there is always room for
   */
  Pane(NamedMetrics promised) {
    this.promised = promised;
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
      add(observation, time, position);
    }
  }

  private void add(Observation observation, long time, Position position) {
    Stage stage = stages.get(observation.stage());
    if (stage == null) {
      stage = newStage(observation.stage());
    }
    Aggregate aggregate = null;
    if (stage != null) {
      stage.addInstance(observation.instance());
      aggregate = stage.aggregate(observation.metric());
    }
    if (aggregate == null) {
      aggregate = leftOut(observation.metric());
    }
    if (aggregate != null) {
      aggregate.add(observation, time, position);
    }
  }

  private Stage newStage(String name) {
    if (!promised.hasStage(name) && !room.take(Room.Bound.STAGES, name)) {
      return null;
    }
    Stage stage = new Stage(name);
    stages.put(name, stage);
    return stage;
  }

  /** Where an observation goes for which its stage has no room; null for nowhere. */
  private Aggregate leftOut(String metric) {
    room.leaveOut();
    if (promised.hasAnywhere(metric)) {
      return elsewhere.computeIfAbsent(metric, m -> new Aggregate(Room.ENDLESS));
    }
    hidden = hidden == null ? new BitSet(HIDDEN) : hidden;
    hidden.set(hash(metric));
    return null;
  }

  private static int hash(String metric) {
    int hash = metric.hashCode();
    return (hash ^ (hash >>> 16)) & (HIDDEN - 1);
  }

  /** The summary; the pane must not be used any more. */
  WindowSummary close() {
    SortedMap<String, StageSummary> byStage = new TreeMap<>();
    stages.forEach((name, stage) -> byStage.put(name, summary(stage)));
    return new WindowSummary(
        reports, byStage, wholeApplication(byStage), first, last, room.leftOut());
  }

  private static StageSummary summary(Stage stage) {
    SortedMap<String, MetricSummary> metrics = new TreeMap<>();
    stage.metrics.forEach((name, aggregate) -> metrics.put(name, aggregate.summary()));
    return new StageSummary(stage.instances, metrics);
  }

  /** A metric of one stage alone is what it is there; the others are merged, stage by stage. */
  private SortedMap<String, MetricSummary> wholeApplication(
      SortedMap<String, StageSummary> byStage) {
    SortedMap<String, MetricSummary> whole = new TreeMap<>();
    Map<String, List<Aggregate>> shared = new HashMap<>();
    byStage.forEach(
        (stage, summary) ->
            summary
                .metrics()
                .forEach(
                    (name, metric) -> {
                      if (whole.put(name, metric) != null || elsewhere.containsKey(name)) {
                        shared.put(name, new ArrayList<>());
                      }
                    }));
    elsewhere.keySet().forEach(name -> shared.put(name, new ArrayList<>()));
    for (String stage : byStage.keySet()) {
      stages
          .get(stage)
          .metrics
          .forEach(
              (name, part) -> {
                if (shared.containsKey(name)) {
                  shared.get(name).add(part);
                }
              });
    }
    elsewhere.forEach((name, part) -> shared.get(name).add(part));
    shared.forEach((name, parts) -> whole.put(name, merged(parts)));
    if (hidden != null) {
      whole.keySet().removeIf(name -> hidden.get(hash(name)) && !promised.hasAnywhere(name));
    }
    return whole;
  }

  private static MetricSummary merged(List<Aggregate> parts) {
    Aggregate whole = new Aggregate(Room.ENDLESS);
    parts.forEach(whole::merge);
    return whole.summary();
  }
}
