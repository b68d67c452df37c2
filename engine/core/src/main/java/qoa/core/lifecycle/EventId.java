package qoa.core.lifecycle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import qoa.core.model.Position;
import qoa.core.model.PromiseKey;

/**
 * Hash of what an event is about, so that the same reports give the same event ids: SHA-256 over
 * its parts in the order in which they are given, each preceded by its length, so that two
 * different lists of parts give different input. Not for use by several threads.
 */
final class EventId {

  private static final int BYTES = 16;

  private final MessageDigest digest;

  EventId() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Adds a text; null differs from the empty text. */
  EventId with(String part) {
    if (part == null) {
      return with(-1);
    }
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    with(bytes.length);
    digest.update(bytes);
    return this;
  }

  /** Adds a number. */
  EventId with(long part) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(part).array());
    return this;
  }

  /** Adds the parts of a promise key. */
  EventId with(PromiseKey part) {
    return with(part.name()).with(part.stakeholder()).with(part.stage()).with(part.instance());
  }

  /** Adds a report's position; null where the event is not about one report. */
  EventId with(Position part) {
    return part == null ? with(-1) : with(part.topic()).with(part.partition()).with(part.offset());
  }

  /** The hash so far, as 32 hexadecimal digits; starts over. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }
}
