package qoa.systemtests.faults.check;

import java.util.TreeMap;

/** The windows of a contract whose schedule changes. Each time belongs to exactly one window. */
final class ExpectedSchedule {

  private final TreeMap<Long, Tumbling> spans = new TreeMap<>();

  ExpectedSchedule(Tumbling first) {
    spans.put(Long.MIN_VALUE, first);
  }

  /** Changes the windows from a time on. Call it in the order of the changes. */
  void change(long boundary, Tumbling next) {
    spans.put(boundary, next);
  }

  /** The window of a time. */
  ExpectedWindow at(long time) {
    return spans.floorEntry(time).getValue().at(time);
  }
}
