package qoa.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import qoa.core.model.Observation;
import qoa.core.model.ReportKind;

/**
 * A report of which only numbers and unread strings may differ. What has the same bytes around them
 * is the same JSON but for those, so that its keys, names and units need not be read again.
 */
final class Layout {

  /** Two places, a kind and a number, with room to grow. */
  private static final int SLOT_BYTES = 32;

  /** An observation, and a string beside its characters. */
  private static final int OBSERVATION_BYTES = 100;

  private final byte[] text;
  private final Slots slots;
  private final double[] known;
  private final ReportKind kind;
  private final String application;
  private final String sender;
  private final double timestamp;
  private final List<Observation> observations;

  /**
   * @param report the whole of it
   * @param slots of it
   * @param timestamp the slot of the event time; NaN where the report does not say it
   * @param observations of it, each with its slot as its value unless it is a flag
   */
  Layout(
      PaddedText report,
      Slots slots,
      ReportKind kind,
      String application,
      String sender,
      double timestamp,
      List<Observation> observations) {
    this.text = Arrays.copyOf(report.bytes, report.length);
    this.slots = slots;
    this.known = numbers(report, slots);
    this.kind = kind;
    this.application = application;
    this.sender = sender;
    this.timestamp = timestamp;
    this.observations = observations;
  }

  ReportKind kind() {
    return kind;
  }

  String application() {
    return application;
  }

  String sender() {
    return sender;
  }

  /** As many values {@link #fits} gives at most. */
  int slots() {
    return slots.size();
  }

  /** About how many bytes it takes, its names among them: more than it really does, never less. */
  int bytes() {
    int bytes = text.length + slots.size() * SLOT_BYTES;
    for (Observation observation : observations) {
      bytes += OBSERVATION_BYTES + 2 * observation.metric().length();
    }
    return bytes;
  }

  private static double[] numbers(PaddedText report, Slots slots) {
    Slot slot = new Slot();
    double[] numbers = new double[slots.size()];
    for (int i = 0; i < numbers.length; i++) {
      slot.read(slots.kind(i), report.bytes, slots.start(i));
      numbers[i] = slot.value;
    }
    return numbers;
  }

  /**
   * Whether a text has this layout. Only the slots in which it differs are read.
   *
   * @param values is given the numbers by slot; without a meaning where the answer is no
   */
  boolean fits(PaddedText other, Slot slot, double[] values) {
    int here = 0; // behind what was compared, in this text and in the other one
    int there = 0;
    for (int i = 0; ; i++) {
      int same = Arrays.mismatch(text, here, text.length, other.bytes, there, other.length);
      int difference = same < 0 ? text.length : here + same;
      for (; i < known.length && slots.end(i) < difference; i++) {
        values[i] = known[i];
      }
      if (same < 0) {
        return true;
      }
      if (i == known.length || slots.start(i) > difference) {
        return false;
      }
      there = slot.read(slots.kind(i), other.bytes, there + slots.start(i) - here);
      if (there < 0) {
        return false;
      }
      here = slots.end(i);
      values[i] = slot.value;
    }
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
