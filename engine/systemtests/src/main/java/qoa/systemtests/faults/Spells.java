package qoa.systemtests.faults;

import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The times at which an application works badly: a function of seed, application and event time, so
 * that reports can be created in any order. Time is divided into blocks that do not match windows.
 */
final class Spells {

  private final long seed;

  Spells(long seed) {
    this.seed = seed;
  }

  /** Whether requests are slow. */
  boolean isSlow(String application, long time) {
    return isIn("slow", application, time, 3_700, 0.4);
  }

  /** Whether images are blurred. */
  boolean isBlurred(String application, long time) {
    return isIn("blurred", application, time, 4_300, 0.35);
  }

  /** Whether there are few requests. */
  boolean isSparse(String application, long time) {
    return isIn("sparse", application, time, 5_300, 0.3);
  }

  /** Whether pre-processing sends no reports. */
  boolean isStageDown(String application, long time) {
    return isIn("down", application, time, 4_900, 0.2);
  }

  /** Whether the whole application sends no reports. */
  boolean isSilent(String application, long time) {
    return isIn("silent", application, time, 7_300, 0.08);
  }

  private boolean isIn(String what, String application, long time, long block, double share) {
    long number = Math.floorDiv(time, block);
    long key = 31L * Objects.hash(what, application) + number * 0x9E3779B97F4A7C15L;
    return new SplittableRandom(seed ^ key).nextDouble() < share;
  }
}
