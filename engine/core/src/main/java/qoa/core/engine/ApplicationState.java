package qoa.core.engine;

import java.util.List;
import java.util.Map;
import qoa.core.model.SenderClock;

/**
 * What a restart must know of an application in a home, besides the reports that its open windows
 * rest on.
 *
 * @param watermark how far event time has come, which says which windows are closed; milliseconds
 *     since the epoch, {@link Long#MIN_VALUE} where nothing was heard
 * @param latest the latest event time heard of
 * @param clocks its most advanced senders
 * @param timetables by contract, where the contract's own schedule does not hold for all time
 */
record ApplicationState(
    long watermark, long latest, List<SenderClock> clocks, Map<String, Timetable> timetables) {

  /** Nothing was heard. */
  static final ApplicationState NONE =
      new ApplicationState(Long.MIN_VALUE, Long.MIN_VALUE, List.of(), Map.of());

  ApplicationState {
    clocks = List.copyOf(clocks);
    timetables = Map.copyOf(timetables);
  }
}
