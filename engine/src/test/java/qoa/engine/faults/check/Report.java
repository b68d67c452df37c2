package qoa.engine.faults.check;

import java.util.List;

/**
 * A report as the checker reads it.
 *
 * @param time event time, in milliseconds since the epoch
 */
record Report(Place place, String application, long time, List<Observation> observations) {

  /** One number. */
  record Observation(String stage, String metric, double value) {}

  /** Earlier in event time; of two at the same time, the one that lies before the other. */
  boolean isBefore(Report other) {
    return time < other.time || (time == other.time && place.compareTo(other.place) < 0);
  }
}
