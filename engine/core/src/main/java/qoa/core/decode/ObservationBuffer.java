package qoa.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.core.model.Observation;
import qoa.core.model.ReportBounds;

/**
 * The numbers of the current report. A report may name stage, instance, metric and unit after the
 * numbers that they belong to, so they are unset until then. Reused for each report; not
 * thread-safe.
 */
final class ObservationBuffer {

  /** Memory for more numbers or instances is freed after the report that needed it. */
  private static final int KEPT = 1_024;

  private String[] stages;
  private String[] instances;
  private String[] metrics;
  private String[] leaves;
  private String[] units;
  private double[] values;
  private boolean[] flags;
  private int size;

  private final MetricNames names = new MetricNames();
  private Map<String, String> stageOfInstance = new HashMap<>();

  ObservationBuffer() {
    allocate(64);
  }

  private void allocate(int capacity) {
    stages = new String[capacity];
    instances = new String[capacity];
    metrics = new String[capacity];
    leaves = new String[capacity];
    units = new String[capacity];
    values = new double[capacity];
    flags = new boolean[capacity];
  }

  void clear() {
    size = 0;
    if (values.length > KEPT) {
      allocate(KEPT);
    }
    if (stageOfInstance.size() > KEPT) {
      stageOfInstance = new HashMap<>(); // a large table would be slow to clear from then on
    } else {
      stageOfInstance.clear();
    }
  }

  /** How many numbers there are. As a mark, this tells {@link #settle} where a metric starts. */
  int size() {
    return size;
  }

  /**
   * Adds a number of the current metric.
   *
   * @param leaf its path in a record, or null
   * @return false if the report has more numbers than {@link ReportBounds#NUMBERS}
   */
  boolean add(String leaf, double value, boolean flag) {
    if (size == ReportBounds.NUMBERS) {
      return false;
    }
    if (size == values.length) {
      grow();
    }
    stages[size] = null;
    instances[size] = null;
    metrics[size] = null;
    units[size] = null;
    leaves[size] = leaf;
    values[size] = value;
    flags[size] = flag;
    size++;
    return true;
  }

  /**
   * Sets the stage, instance, metric and unit of the numbers since a mark; null leaves one unset.
   */
  void settle(int mark, String stage, String instance, String metric, String unit) {
    for (int i = mark; i < size; i++) {
      stages[i] = stage;
      instances[i] = instance;
      metrics[i] = metric;
      units[i] = unit;
    }
  }

  /** Sets the instance and metric of the numbers since a mark, and keeps their units. */
  void about(int mark, String instance, String metric) {
    for (int i = mark; i < size; i++) {
      instances[i] = instance;
      metrics[i] = metric;
    }
  }

  /** Sets the instance of the numbers since a mark. */
  void instance(int mark, String instance) {
    Arrays.fill(instances, mark, size, instance);
  }

  /**
   * Adds the numbers since a mark again, as the metric itself instead of a part of it.
   *
   * @return false as {@link #add} does
   */
  boolean repeat(int mark) {
    int end = size;
    for (int i = mark; i < end; i++) {
      if (!add(null, values[i], flags[i])) {
        return false;
      }
      units[size - 1] = units[i];
    }
    return true;
  }

  /** Whether the names of the numbers since a mark are within the limit. */
  boolean haveNames(int mark, String metric) {
    if (mark < size && !ReportBounds.holdsName(metric)) {
      return false;
    }
    for (int i = mark; i < size; i++) {
      String leaf = leaves[i];
      if (leaf != null && !names.isShort(metric, leaf)) {
        return false;
      }
    }
    return true;
  }

  /** Sets the unit of those numbers since a mark that have none; null changes nothing. */
  void unit(int mark, String unit) {
    for (int i = unit == null ? size : mark; i < size; i++) {
      if (units[i] == null) {
        units[i] = unit;
      }
    }
  }

  /** Records the stage of an instance. */
  void place(String instance, String stage) {
    if (instance != null && stage != null) {
      stageOfInstance.putIfAbsent(instance, stage);
    }
  }

  /**
   * The observations of the report.
   *
   * @param stage for observations without a stage and without a known instance
   * @param instance for observations without an instance; may be null
   */
  List<Observation> toList(String stage, String instance) {
    List<Observation> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      String metric = leaves[i] == null ? metrics[i] : names.leaf(metrics[i], leaves[i]);
      String by = instances[i] == null ? instance : instances[i];
      String where = stages[i];
      if (where == null) {
        where = stageOfInstance.getOrDefault(by, stage);
      }
      list.add(new Observation(where, by, metric, units[i], values[i], flags[i]));
    }
    return list;
  }

  private void grow() {
    int capacity = values.length * 2;
    stages = Arrays.copyOf(stages, capacity);
    instances = Arrays.copyOf(instances, capacity);
    metrics = Arrays.copyOf(metrics, capacity);
    leaves = Arrays.copyOf(leaves, capacity);
    units = Arrays.copyOf(units, capacity);
    values = Arrays.copyOf(values, capacity);
    flags = Arrays.copyOf(flags, capacity);
  }
}
