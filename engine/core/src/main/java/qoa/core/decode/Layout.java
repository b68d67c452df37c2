package qoa.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import qoa.core.model.Observation;
import qoa.core.model.ReportKind;

/**
 * One report and the positions of its numbers and unread strings. Another report with the same
 * bytes around these is the same JSON except for them, so its keys, names and units need not be
 * read again. Immutable.
 */
final class Layout {

  /** Two indexes, a kind and a number, rounded up. */
  private static final int SLOT_BYTES = 32;

  /** An observation, and a string without its characters. */
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
   * @param report the text of the report
   * @param slots the slots of the report
   * @param timestamp the slot of the event time; NaN if the report has none
   * @param observations the observations of the report; the value of each is its slot, unless it is
   *     a flag
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

  /** The number of values that {@link #fits} fills in. */
  int slots() {
    return slots.size();
  }

  /** An upper bound of the bytes that it takes, including its names. */
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
   * Whether a text has this layout. Only the slots that differ are parsed.
   *
   * @param values receives the numbers by slot; undefined if the result is false
   */
  boolean fits(PaddedText other, Slot slot, double[] values) {
    int here = 0; // the index after the compared part, in this text and in the other one
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

  /** Seconds since the epoch; NaN if the report has no time. */
  double timestamp(double[] values) {
    return Double.isNaN(timestamp) ? timestamp : values[(int) timestamp];
  }

  /** The observations of a text that has this layout. */
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
