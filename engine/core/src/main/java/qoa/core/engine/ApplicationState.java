package qoa.core.engine;

import java.util.List;
import java.util.Map;
import qoa.core.model.SenderClock;

/**
 * What a restart must know of an application in a partition, besides the reports of its open
 * windows.
 *
 * @param watermark how far event time has come, and so which windows are closed; milliseconds since
 *     the epoch, {@link Long#MIN_VALUE} where there was no report
 * @param latest the latest event time
 * @param clocks its most advanced senders
 * @param timetables by contract, where the contract's own schedule does not hold for all time
 */
record ApplicationState(
    long watermark, long latest, List<SenderClock> clocks, Map<String, Timetable> timetables) {

  /** There was no report. */
  static final ApplicationState NONE =
      new ApplicationState(Long.MIN_VALUE, Long.MIN_VALUE, List.of(), Map.of());

  ApplicationState {
    clocks = List.copyOf(clocks);
    timetables = Map.copyOf(timetables);
  }
}
