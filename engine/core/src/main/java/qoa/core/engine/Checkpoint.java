package qoa.core.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata of a committed offset: how far the messages of a partition were judged. Messages
 * before that are only read again to fill the open windows.
 *
 * @param judged messages before this offset were judged
 * @param clock the latest timestamp of their Kafka records, in milliseconds since the epoch; {@link
 *     Long#MIN_VALUE} where none had one
 */
record Checkpoint(long judged, long clock) {

  /** Nothing was judged. */
  static final Checkpoint NONE = new Checkpoint(0, Long.MIN_VALUE);

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
  private static final String VERSION = "2";

  /** The metadata: {@code 2,judged,clock}. */
  String encode() {
    return VERSION + ',' + judged + ',' + clock;
  }

  /**
   * Reads what {@link #encode} wrote, or an earlier version's checkpoint. Anything else, such as
   * that of a tool that reset the group's offsets, is {@link #NONE}: everything from the offset on
   * is judged.
   */
  static Checkpoint decode(String metadata) {
    if (metadata.isEmpty()) {
      return NONE;
    }
    try {
      if (EarlierCheckpoint.isOne(metadata)) {
        return new Checkpoint(EarlierCheckpoint.decode(metadata).judged(), Long.MIN_VALUE);
      }
      String[] parts = metadata.split(",", -1);
      if (parts.length != 3 || !parts[0].equals(VERSION)) {
        throw new IllegalArgumentException("not of version " + VERSION);
      }
      return new Checkpoint(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "the metadata of a committed offset are not the engine's ({}): what comes after the offset"
              + " is judged anew",
          e.getMessage());
      return NONE;
    }
  }
}
