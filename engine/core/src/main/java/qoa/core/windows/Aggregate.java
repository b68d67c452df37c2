package qoa.core.windows;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import java.util.Arrays;
import java.util.TreeSet;
import qoa.core.model.MetricSummary;
import qoa.core.model.Observation;
import qoa.core.model.Position;

/**
 * All aggregate functions of one metric at once, in constant memory: less than 1 KiB, and a sketch
 * of at most 33 KiB where there are more than {@value #EXACT} numbers. Where its window has no room
 * for a sketch it has no percentiles, and where it has none for a unit that unit counts as one that
 * nobody promised.
 *
 * <p>Percentiles are exact up to {@value #EXACT} numbers (the nearest rank); beyond that they come
 * from a DDSketch (Masson, Rim, Lee: "DDSketch", VLDB 2019) and are within {@value #RELATIVE_ERROR}
 * of the true value, relative to it. Its bins are bounded, so that where values span more than
 * about 17 orders of magnitude the smallest ones lose that guarantee. Sum and product carry twice
 * the precision of a double, so that the order of observations does not show in them.
 *
 * <p>Not safe for several threads.
 */
final class Aggregate {

  /** Relative error of percentiles. */
  static final double RELATIVE_ERROR = 0.01;

  /** Up to as many numbers percentiles are exact. */
  static final int EXACT = 32;

  private static final int[] PERCENTS = {50, 95, 99};
  private static final int SKETCH_BINS = 2048;
  private static final int MOST_UNITS = 8;

  /** Stands for units that there was no room for. */
  private static final String OTHER_UNIT = "…";

  private long count;
  private long numbers;
  private long flags;
  private long trueFlags;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double lowestValue = Double.POSITIVE_INFINITY;
  private double highestValue = Double.NEGATIVE_INFINITY;
  private double last;
  private final Sum sum = new Sum();
  private final Product product = new Product();

  /** All numbers while they are few; null once there is a sketch, or no room for one. */
  private double[] values = new double[4];

  private DDSketch sketch;

  private String unit;
  private TreeSet<String> units;

  private long firstTime;
  private long lastTime;
  private Position first;
  private Position latest;
  private Position lowest;
  private Position highest;
  private final Room room;

  /**
   * @param room of the window
   */
  Aggregate(Room room) {
    this.room = room;
  }

  /** Takes an observation made at a time, found at a position. */
  void add(Observation observation, long time, Position position) {
    count++;
    addUnit(observation.unit());
    boolean latestSoFar = addEvidence(time, position);
    if (observation.flag()) {
      flags++;
      trueFlags += observation.value() != 0 ? 1 : 0;
    } else {
      addNumber(observation.value(), latestSoFar);
    }
    addLowest(observation.value(), position);
    addHighest(observation.value(), position);
  }

  private void addNumber(double value, boolean latestSoFar) {
    if (latestSoFar || numbers == 0) {
      last = value;
    }
    sum.add(value);
    product.multiply(value);
    min = Math.min(min, value);
    max = Math.max(max, value);
    addToPercentiles(value);
    numbers++;
  }

  private void addToPercentiles(double value) {
    if (sketch != null) {
      sketch.accept(value);
      return;
    }
    if (values == null) {
      return;
    }
    if (numbers == EXACT && !room.take(Room.Bound.SKETCHES, 1)) {
      values = null;
      return;
    }
    if (numbers == EXACT) {
      sketch = DDSketches.logarithmicCollapsingLowestDense(RELATIVE_ERROR, SKETCH_BINS);
      for (double earlier : values) {
        sketch.accept(earlier);
      }
      sketch.accept(value);
      values = null;
      return;
    }
    if (numbers == values.length) {
      values = Arrays.copyOf(values, EXACT);
    }
    values[(int) numbers] = value;
  }

  private boolean addEvidence(long time, Position position) {
    if (first == null || isBefore(time, position, firstTime, first)) {
      firstTime = time;
      first = position;
    }
    if (latest == null || !isBefore(time, position, lastTime, latest)) {
      lastTime = time;
      latest = position;
      return true;
    }
    return false;
  }

  /** Equal times are told apart by position, so that the order of arrival does not show. */
  static boolean isBefore(long time, Position position, long otherTime, Position other) {
    return time < otherTime || (time == otherTime && position.compareTo(other) < 0);
  }

  private void addLowest(double value, Position position) {
    if (value < lowestValue || (value == lowestValue && position.compareTo(lowest) < 0)) {
      lowestValue = value;
      lowest = position;
    }
  }

  private void addHighest(double value, Position position) {
    if (value > highestValue || (value == highestValue && position.compareTo(highest) < 0)) {
      highestValue = value;
      highest = position;
    }
  }

  private void addUnit(String observed) {
    if (observed == null || observed.equals(unit)) {
      return;
    }
    if (unit == null) {
      unit = kept(observed);
      return;
    }
    if (units == null) {
      units = new TreeSet<>();
      units.add(unit);
    }
    if (units.size() < MOST_UNITS && !units.contains(observed)) {
      units.add(kept(observed));
    }
  }

  private String kept(String observed) {
    return room.take(Room.Bound.CHARACTERS, observed.length()) ? observed : OTHER_UNIT;
  }

  /** Takes in what another one has seen. The other one must not be used any more. */
  void merge(Aggregate other) {
    mergePercentiles(other);
    mergeEvidence(other);
    count += other.count;
    numbers += other.numbers;
    flags += other.flags;
    trueFlags += other.trueFlags;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    sum.add(other.sum);
    product.multiply(other.product);
    addUnit(other.unit);
    if (other.units != null) {
      other.units.forEach(this::addUnit);
    }
  }

  private void mergePercentiles(Aggregate other) {
    if (hasNoPercentiles() || other.hasNoPercentiles()) {
      sketch = null;
      values = null;
      return;
    }
    if (other.sketch == null) {
      long before = numbers;
      for (int i = 0; i < other.numbers; i++) {
        addToPercentiles(other.values[i]);
        numbers++;
      }
      numbers = before;
      return;
    }
    for (int i = 0; sketch == null && i < numbers; i++) {
      other.sketch.accept(values[i]);
    }
    if (sketch == null) {
      sketch = other.sketch;
      values = null;
    } else {
      sketch.mergeWith(other.sketch);
    }
  }

  private void mergeEvidence(Aggregate other) {
    if (other.count == 0) {
      return;
    }
    if (count == 0 || isBefore(other.firstTime, other.first, firstTime, first)) {
      firstTime = other.firstTime;
      first = other.first;
    }
    if (other.numbers > 0
        && (numbers == 0 || isBefore(lastTime, latest, other.lastTime, other.latest))) {
      last = other.last;
    }
    if (count == 0 || isBefore(lastTime, latest, other.lastTime, other.latest)) {
      lastTime = other.lastTime;
      latest = other.latest;
    }
    addLowest(other.lowestValue, other.lowest);
    addHighest(other.highestValue, other.highest);
  }

  private boolean hasNoPercentiles() {
    return sketch == null && values == null;
  }

  /** What is known so far. */
  MetricSummary summary() {
    boolean any = numbers > 0;
    boolean ranked = any && !hasNoPercentiles();
    double[] percentiles = ranked ? percentiles() : null;
    return new MetricSummary(
        units == null ? unit : String.join("|", units),
        count,
        any ? finite(sum.value()) : null,
        any ? (Double) min : null,
        any ? (Double) max : null,
        any ? (Double) sum.mean(numbers) : null,
        ranked ? (Double) percentiles[0] : null,
        ranked ? (Double) percentiles[1] : null,
        ranked ? (Double) percentiles[2] : null,
        any ? (Double) last : null,
        any && product.isRepresentable() ? (Double) product.value() : null,
        flags > 0 ? (Boolean) (trueFlags == flags) : null,
        flags > 0 ? (Boolean) (trueFlags > 0) : null,
        new MetricSummary.Evidence(first, latest, lowest, highest));
  }

  private double[] percentiles() {
    double[] sorted = sketch == null ? Arrays.copyOf(values, (int) numbers) : null;
    if (sorted != null) {
      Arrays.sort(sorted);
    }
    double[] result = new double[PERCENTS.length];
    for (int i = 0; i < PERCENTS.length; i++) {
      long rank = rank(PERCENTS[i]);
      result[i] = sorted == null ? fromSketch(rank) : sorted[(int) rank - 1];
    }
    return result;
  }

  /**
   * The nearest rank, ceil(q·n) from 1 (Hyndman, Fan: "Sample Quantiles in Statistical Packages",
   * 1996, definition 1). With it, {@code P99 <= b} holds if and only if at least 99 % of the
   * numbers are at most b, however few there are.
   */
  private long rank(int percent) {
    return (numbers * percent + 99) / 100;
  }

  /** The sketch counts ranks as q·(n - 1) from 0, rounded down. */
  private double fromSketch(long rank) {
    double value = sketch.getValueAtQuantile(Math.min(1, (rank - 0.5) / (numbers - 1)));
    return Math.min(max, Math.max(min, value));
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
