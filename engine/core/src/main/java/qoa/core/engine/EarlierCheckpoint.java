package qoa.core.engine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * The metadata of a committed offset in version 1: how far event time had come for each
 * application, by a hash of its name. Read once, to continue from it; since then the state is in
 * {@code qoa.state}.
 *
 * @param judged messages before this offset were judged
 * @param watermarks by {@link #hash} of the application, in milliseconds since the epoch
 * @param floor the watermark of all other applications; {@link Long#MIN_VALUE} for none
 */
record EarlierCheckpoint(long judged, Map<Long, Long> watermarks, long floor) {

  private static final String VERSION = "1";
  private static final int HASH_BYTES = 5;
  private static final long HASH_MASK = (1L << (HASH_BYTES * 8)) - 1;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  EarlierCheckpoint {
    watermarks = Map.copyOf(watermarks);
  }

  /** Whether a text may be one. */
  static boolean isOne(String metadata) {
    return metadata.startsWith(VERSION + ',');
  }

  /** An application's FNV-1a hash (Fowler, Noll, Vo), folded to 40 bits. */
  static long hash(String application) {
    long hash = FNV_OFFSET;
    for (byte b : application.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return (hash ^ (hash >>> (HASH_BYTES * 8))) & HASH_MASK;
  }

  /** Where event time was for an application; {@link Long#MIN_VALUE} where it is not known. */
  long watermark(String application) {
    return watermarks.getOrDefault(hash(application), floor);
  }

  /**
   * Reads {@code 1,judged,floor,latest,watermarks}; the last is base64 of hashes, each with how far
   * its watermark is behind the latest.
   *
   * @throws IllegalArgumentException where it is something else
   */
  static EarlierCheckpoint decode(String metadata) {
    String[] parts = metadata.split(",", -1);
    if (parts.length != 5 || !parts[0].equals(VERSION)) {
      throw new IllegalArgumentException("not of version " + VERSION);
    }
    byte[] entries = Base64.getUrlDecoder().decode(parts[4]);
    try {
      return new EarlierCheckpoint(
          Long.parseLong(parts[1]),
          watermarks(entries, Long.parseLong(parts[3])),
          Long.parseLong(parts[2]));
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the watermarks are cut off", e);
    }
  }

  private static Map<Long, Long> watermarks(byte[] entries, long latest) {
    Map<Long, Long> watermarks = new HashMap<>();
    int at = 0;
    while (at < entries.length) {
      long hash = 0;
      for (int i = 0; i < HASH_BYTES; i++) {
        hash = (hash << 8) | (entries[at++] & 0xff);
      }
      long behind = 0;
      int shift = 0;
      byte part;
      do {
        part = entries[at++];
        behind |= (long) (part & 0x7f) << shift;
        shift += 7;
      } while (part < 0);
      watermarks.put(hash, latest - behind);
    }
    return watermarks;
  }
}
