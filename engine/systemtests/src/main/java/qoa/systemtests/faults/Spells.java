package qoa.systemtests.faults;

import java.util.Objects;
import java.util.SplittableRandom;

/**
 * When things go badly: a plain function of seed, application and event time, so that reports may
 * be made in any order. Time is cut into blocks that do not fall together with windows.
 */
final class Spells {

  private final long seed;

  Spells(long seed) {
    this.seed = seed;
  }

  /** Whether requests take long. */
  boolean isSlow(String application, long time) {
    return isIn("slow", application, time, 3_700, 0.4);
  }

  /** Whether images cannot be read well. */
  boolean isBlurred(String application, long time) {
    return isIn("blurred", application, time, 4_300, 0.35);
  }

  /** Whether few requests come. */
  boolean isSparse(String application, long time) {
    return isIn("sparse", application, time, 5_300, 0.3);
  }

  /** Whether pre-processing reports nothing. */
  boolean isStageDown(String application, long time) {
    return isIn("down", application, time, 4_900, 0.2);
  }

  /** Whether the application reports nothing at all. */
  boolean isSilent(String application, long time) {
    return isIn("silent", application, time, 7_300, 0.08);
  }

  private boolean isIn(String what, String application, long time, long block, double share) {
    long number = Math.floorDiv(time, block);
    long key = 31L * Objects.hash(what, application) + number * 0x9E3779B97F4A7C15L;
    return new SplittableRandom(seed ^ key).nextDouble() < share;
  }
}
