package qoa.systemtests.faults.check;

import java.util.TreeMap;

/** The windows of a contract whose schedule changes: each moment lies in exactly one. */
final class ExpectedSchedule {

  private final TreeMap<Long, Tumbling> spans = new TreeMap<>();

  ExpectedSchedule(Tumbling first) {
    spans.put(Long.MIN_VALUE, first);
  }

  /** From this moment on windows are others; changes are told in order. */
  void change(long boundary, Tumbling next) {
    spans.put(boundary, next);
  }

  /** The window that a moment lies in. */
  ExpectedWindow at(long time) {
    return spans.floorEntry(time).getValue().at(time);
  }
}
