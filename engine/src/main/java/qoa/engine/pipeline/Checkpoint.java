package qoa.engine.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a restart must know of a home besides the offset it reads from: how far its messages were
 * judged, and how far event time had come for each application, which says which windows are
 * closed. It travels as the metadata of the committed offset, so it is short: applications by a
 * hash, times as differences.
 *
 * @param judged messages before this offset were judged, and are only read again to fill the open
 *     windows
 * @param watermarks by {@link #hash} of the application, in milliseconds since the epoch
 * @param floor the watermark of applications that are not among them: some were left out, and what
 *     comes of them from before is late; {@link Long#MIN_VALUE} where none was
 */
record Checkpoint(long judged, Map<Long, Long> watermarks, long floor) {

  /** Nothing was judged. */
  static final Checkpoint NONE = new Checkpoint(0, Map.of(), Long.MIN_VALUE);

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
  private static final String VERSION = "1";
  private static final int HASH_BYTES = 5;
  private static final int ENTRY_BYTES = HASH_BYTES + 6;
  private static final int FRAME_BYTES = 72;
  private static final long HASH_MASK = (1L << (HASH_BYTES * 8)) - 1;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  Checkpoint {
    watermarks = Map.copyOf(watermarks);
  }

  /**
   * How many applications there is room for.
   *
   * @param bytes that the metadata may have: Kafka's {@code offset.metadata.max.bytes}
   */
  static int room(int bytes) {
    return (bytes - FRAME_BYTES) * 3 / 4 / ENTRY_BYTES;
  }

  /**
   * As much as there is room for.
   *
   * @param open watermarks of applications with open windows; at most {@code room}
   * @param closed of others; the latest of them are kept
   */
  static Checkpoint of(
      long judged, Map<Long, Long> open, Map<Long, Long> closed, long floor, int room) {
    Map<Long, Long> kept = new HashMap<>(open);
    long raised = floor;
    for (Map.Entry<Long, Long> entry :
        closed.entrySet().stream()
            .sorted(Map.Entry.<Long, Long>comparingByValue().reversed())
            .toList()) {
      if (kept.containsKey(entry.getKey())) {
        continue; // it is open again, and further on
      }
      if (kept.size() < room) {
        kept.put(entry.getKey(), entry.getValue());
      } else {
        raised = Math.max(raised, entry.getValue());
      }
    }
    return new Checkpoint(judged, kept, raised);
  }

  /**
   * An application's FNV-1a hash (Fowler, Noll, Vo), folded to 40 bits: two of 400 applications
   * share one with a probability of 1 in 14 million.
   */
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

  /** The metadata: {@code 1,judged,floor,latest,watermarks}, the last in base64. */
  String encode() {
    long latest =
        watermarks.values().stream().mapToLong(Long::longValue).max().orElse(Long.MIN_VALUE);
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    new TreeMap<>(watermarks)
        .forEach(
            (hash, watermark) -> {
              for (int shift = (HASH_BYTES - 1) * 8; shift >= 0; shift -= 8) {
                entries.write((int) (hash >>> shift));
              }
              writeVarint(entries, latest - watermark);
            });
    return String.join(
        ",",
        VERSION,
        String.valueOf(judged),
        String.valueOf(floor),
        String.valueOf(latest),
        Base64.getUrlEncoder().withoutPadding().encodeToString(entries.toByteArray()));
  }

  /**
   * Reads what {@link #encode} wrote. What others wrote, say whoever reset the group's offsets, is
   * {@link #NONE}: everything from the offset on is judged.
   */
  static Checkpoint decode(String metadata) {
    if (metadata.isEmpty()) {
      return NONE;
    }
    try {
      String[] parts = metadata.split(",", -1);
      if (parts.length != 5 || !parts[0].equals(VERSION)) {
        throw new IllegalArgumentException("not of version " + VERSION);
      }
      byte[] entries = Base64.getUrlDecoder().decode(parts[4]);
      return new Checkpoint(
          Long.parseLong(parts[1]),
          watermarks(entries, Long.parseLong(parts[3])),
          Long.parseLong(parts[2]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      LOG.warn(
          "the metadata of a committed offset are not the engine's ({}): what comes after the offset"
              + " is judged anew",
          e.getMessage());
      return NONE;
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

  private static void writeVarint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
