package qoa.core.windows;

import java.util.EnumMap;
import java.util.EnumSet;
import qoa.core.model.LeftOut;

/**
 * How much room a window has left. Senders choose stages, instances, metrics, units and how far
 * apart values lie; what exceeds a bound is left out, counted and reported ({@link LeftOut}). What
 * is left out once stays left out, so that everything in a window is complete.
 *
 * <p>So a window takes 50 MiB at most, beside what contracts name ({@link NamedMetrics}): 10,000
 * metrics of 1 KiB, 1,000 sketches of 33 KiB, names of 4 MiB, and what keeps stages and instances
 * in order. Not safe for several threads.
 */
class Room {

  /** What is bounded. */
  enum Bound {
    STAGES(1_000, "stages"),
    METRICS(10_000, "metrics"),
    /** Of one stage; of all of them there are as many as {@link #INSTANCES}. */
    INSTANCES_OF_A_STAGE(1_000, "instances of one stage"),
    INSTANCES(10_000, "instances"),
    /** A sketch gives the percentiles of many numbers. */
    SKETCHES(1_000, "metrics of more than " + Aggregate.EXACT + " numbers"),
    /** Of the names of stages, metrics, instances and units together. */
    CHARACTERS(2_000_000, "characters in names");

    final int most;
    private final String what;

    Bound(int most, String what) {
      this.most = most;
      this.what = what;
    }

    private String text() {
      return "%,d %s".formatted(most, what);
    }
  }

  /** Room without an end, for what contracts name. */
  static final Room ENDLESS =
      new Room() {
        @Override
        boolean take(Bound bound, int amount) {
          return true;
        }
      };

  private final EnumMap<Bound, Integer> taken = new EnumMap<>(Bound.class);
  private final EnumSet<Bound> reached = EnumSet.noneOf(Bound.class);
  private long observations;

  /** Takes room; false where there is not enough, and then the bound counts as reached. */
  boolean take(Bound bound, int amount) {
    int all = taken.getOrDefault(bound, 0) + amount;
    if (all > bound.most) {
      reached.add(bound);
      return false;
    }
    taken.put(bound, all);
    return true;
  }

  /** Takes room for one thing and its name. */
  boolean take(Bound bound, String name) {
    return take(bound, 1) && take(Bound.CHARACTERS, name.length());
  }

  /** Takes note that a bound was reached. */
  void reach(Bound bound) {
    reached.add(bound);
  }

  /** Counts an observation for which there was no room. */
  void leaveOut() {
    observations++;
  }

  /** What was left out; null where nothing was. */
  LeftOut leftOut() {
    return reached.isEmpty()
        ? null
        : new LeftOut(observations, reached.stream().map(Bound::text).toList());
  }
}
