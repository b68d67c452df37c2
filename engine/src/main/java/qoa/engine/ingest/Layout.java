package qoa.engine.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import qoa.engine.model.Observation;
import qoa.engine.model.ReportKind;

/**
 * A report of which only numbers and unread strings may differ. What has the same bytes around them
 * is the same JSON but for those, so that its keys, names and units need not be read again.
 */
final class Layout {

  private final byte[] text;
  private final Slots slots;
  private final ReportKind kind;
  private final String application;
  private final double timestamp;
  private final List<Observation> observations;

  /**
   * @param text the whole report
   * @param slots of it
   * @param timestamp the slot of the event time; NaN where the report does not say it
   * @param observations of it, each with its slot as its value unless it is a flag
   */
  Layout(
      byte[] text,
      Slots slots,
      ReportKind kind,
      String application,
      double timestamp,
      List<Observation> observations) {
    this.text = text;
    this.slots = slots;
    this.kind = kind;
    this.application = application;
    this.timestamp = timestamp;
    this.observations = observations;
  }

  ReportKind kind() {
    return kind;
  }

  String application() {
    return application;
  }

  /** As many values {@link #fits} gives at most. */
  int slots() {
    return slots.size();
  }

  /**
   * Whether a text has this layout.
   *
   * @param values is given the numbers by slot; without a meaning where the answer is no
   */
  boolean fits(PaddedText other, Slot slot, double[] values) {
    int at = 0;
    int literal = 0;
    for (int i = 0; i < slots.size(); i++) {
      int size = slots.start(i) - literal;
      if (!Arrays.equals(text, literal, literal + size, other.bytes, at, at + size)) {
        return false;
      }
      at = slot.read(slots.kind(i), other.bytes, at + size);
      if (at < 0) {
        return false;
      }
      values[i] = slot.value;
      literal = slots.end(i);
    }
    return Arrays.equals(text, literal, text.length, other.bytes, at, other.length);
  }

  /** Seconds since the epoch; NaN where the report does not say. */
  double timestamp(double[] values) {
    return Double.isNaN(timestamp) ? timestamp : values[(int) timestamp];
  }

  /** The observations of a text that fits. */
  List<Observation> observations(double[] values) {
    List<Observation> filled = new ArrayList<>(observations.size());
    for (Observation known : observations) {
      filled.add(
          known.flag()
              ? known
              : new Observation(
                  known.stage(),
                  known.instance(),
                  known.metric(),
                  known.unit(),
                  values[(int) known.value()],
                  false));
    }
    return filled;
  }
}
