package qoa.core.decode;

/**
 * The layouts of reports that came before, found by how a report begins, which is where clients say
 * who they are. Bounded: a new layout takes the place of another one, and a large one is not kept,
 * so that all of them take 32 MiB at most, whatever senders choose. Not safe for several threads.
 */
final class Layouts {

  /** A longer report is not kept. */
  private static final int LONGEST = 4 * 1024;

  private static final int MOST_SLOTS = 256;

  /** One that takes more is not kept. */
  private static final int MOST_BYTES = 16 * 1024;

  /** The part of a report by which its layout is looked for. */
  private static final int BEGINNING = 64;

  private static final int BUCKETS = 512;
  private static final int EACH = 4;

  /**
   * What a new layout costs: about as many reports must have been read for it. So a stream of ever
   * new layouts is not slowed down much by keeping them, and one that changes them can do so fast.
   */
  private static final int PRICE = 64;

  private static final int MOST_CREDIT = PRICE * BUCKETS;

  private final Layout[] layouts = new Layout[BUCKETS * EACH];
  private final double[] values = new double[MOST_SLOTS];
  private final Slot slot = new Slot();
  private int credit = MOST_CREDIT;
  private int added;

  /** The layout of a report, its numbers then being {@link #values}; null where none is known. */
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

  /** The numbers of the report whose layout was found last, by slot. */
  double[] values() {
    return values;
  }

  /** Whether it is worth while to find out the layout of the report not found last. */
  boolean isWorthLearning(PaddedText report) {
    return report.length >= BEGINNING && report.length <= LONGEST && credit >= PRICE;
  }

  /** Keeps a report's layout. */
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
