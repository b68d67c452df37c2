package qoa.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qoa.core.model.Observation;
import qoa.core.model.ReportBounds;

/**
 * The numbers of the report being read. A report may name stage, instance, metric and unit after
 * the numbers they belong to, so these stay open until all of it has been read. Reused from report
 * to report; not safe for several threads.
 */
final class ObservationBuffer {

  /** Room for more numbers, or more instances, is given back after the report that needed it. */
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
      stageOfInstance = new HashMap<>(); // a large table would take long to clear, ever after
    } else {
      stageOfInstance.clear();
    }
  }

  /** How many there are; as a mark, it tells {@link #settle} where a metric began. */
  int size() {
    return size;
  }

  /**
   * Adds a number of the metric being read; {@code leaf} is its path in a record, or null. Says
   * false where the report holds more numbers than anybody measures.
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

  /** Says what the numbers since a mark are about; null leaves a thing open. */
  void settle(int mark, String stage, String instance, String metric, String unit) {
    for (int i = mark; i < size; i++) {
      stages[i] = stage;
      instances[i] = instance;
      metrics[i] = metric;
      units[i] = unit;
    }
  }

  /** Says which metric of which instance the numbers since a mark are; their units stay. */
  void about(int mark, String instance, String metric) {
    for (int i = mark; i < size; i++) {
      instances[i] = instance;
      metrics[i] = metric;
    }
  }

  /** Says whose the numbers since a mark are. */
  void instance(int mark, String instance) {
    Arrays.fill(instances, mark, size, instance);
  }

  /**
   * Adds the numbers since a mark again, as the metric itself instead of a part of it. Says false
   * as {@link #add} does.
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

  /** Whether the numbers since a mark have names that are short enough. */
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

  /** Gives the numbers since a mark a unit, where they have none of their own; null gives none. */
  void unit(int mark, String unit) {
    for (int i = unit == null ? size : mark; i < size; i++) {
      if (units[i] == null) {
        units[i] = unit;
      }
    }
  }

  /** Says at which stage an instance works. */
  void place(String instance, String stage) {
    if (instance != null && stage != null) {
      stageOfInstance.putIfAbsent(instance, stage);
    }
  }

  /**
   * The observations read.
   *
   * @param stage of those whose report part names neither stage nor a known instance
   * @param instance of those whose report part names none; may be null
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
