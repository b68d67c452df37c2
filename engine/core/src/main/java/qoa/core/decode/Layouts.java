package qoa.core.decode;

/**
 * The layouts of earlier reports, found by the first bytes of a report, in which clients identify
 * themselves. They take 32 MiB at most, whatever senders choose: a new layout replaces another one,
 * and a large one is not kept. Not thread-safe.
 */
final class Layouts {

  /** The layout of a longer report is not kept. */
  private static final int LONGEST = 4 * 1024;

  private static final int MOST_SLOTS = 256;

  /** A layout that takes more is not kept. */
  private static final int MOST_BYTES = 16 * 1024;

  /** The number of bytes at the beginning of a report that determine its bucket. */
  private static final int BEGINNING = 64;

  private static final int BUCKETS = 512;
  private static final int EACH = 4;

  /**
   * The price of a new layout, in reports: each report that is read earns 1. Learning layouts
   * therefore costs little even if every report has a new one, while a change of all layouts is
   * learnt quickly.
   */
  private static final int PRICE = 64;

  private static final int MOST_CREDIT = PRICE * BUCKETS;

  private final Layout[] layouts = new Layout[BUCKETS * EACH];
  private final double[] values = new double[MOST_SLOTS];
  private final Slot slot = new Slot();
  private int credit = MOST_CREDIT;
  private int added;

  /** The layout of a report, whose numbers are then in {@link #values}; null if it is unknown. */
  Layout find(PaddedText report) {
    credit = Math.min(MOST_CREDIT, credit + 1);
    if (report.length < BEGINNING) {
      return null;
    }
    int bucket = bucket(report);
    for (int i = bucket; i < bucket + EACH && layouts[i] != null; i++) {
      if (layouts[i].fits(report, slot, values)) {
        return layouts[i];
      }
    }
    return null;
  }

  /** The numbers of the last report whose layout was found, by slot. */
  double[] values() {
    return values;
  }

  /** Whether to learn the layout of a report whose layout is unknown. */
  boolean isWorthLearning(PaddedText report) {
    return report.length >= BEGINNING && report.length <= LONGEST && credit >= PRICE;
  }

  /** Adds the layout of a report. */
  void add(PaddedText report, Layout layout) {
    credit -= PRICE;
    if (layout.slots() > MOST_SLOTS || layout.bytes() > MOST_BYTES) {
      return;
    }
    int bucket = bucket(report);
    int place = bucket;
    while (place < bucket + EACH && layouts[place] != null) {
      place++;
    }
    layouts[place < bucket + EACH ? place : bucket + added++ % EACH] = layout;
  }

  private static int bucket(PaddedText report) {
    long hash = 0;
    for (int at = 0; at < BEGINNING; at += 8) {
      hash = PaddedText.mix(hash, PaddedText.eight(report.bytes, at));
    }
    return ((int) hash & (BUCKETS - 1)) * EACH;
  }
}
