package qoa.core.decode;

import com.fasterxml.jackson.core.JsonStreamContext;

/**
 * The JSON pointer (RFC 6901) of the current place of a parser, shortened for messages. Long keys
 * are cut, and the middle of a deep pointer is left out.
 */
final class JsonPlace {

  /** The number of keys and indices that are kept: the outermost ones, and the innermost one. */
  private static final int MOST = 6;

  private JsonPlace() {}

  /** The pointer; empty for the whole text. */
  static String of(JsonStreamContext place) {
    int depth = 0;
    for (JsonStreamContext at = place; at != null; at = at.getParent()) {
      depth += at.hasPathSegment() ? 1 : 0;
    }
    StringBuilder pointer = new StringBuilder();
    int rank = depth;
    for (JsonStreamContext at = place; at != null; at = at.getParent()) {
      if (at.hasPathSegment()) {
        rank--;
        if (rank < MOST - 1 || rank == depth - 1) {
          pointer.insert(0, segment(at));
        } else if (rank == depth - 2) {
          pointer.insert(0, "/…");
        }
      }
    }
    return pointer.toString();
  }

  private static String segment(JsonStreamContext at) {
    if (at.inArray()) {
      return "/" + at.getCurrentIndex();
    }
    return "/" + ShortText.of(at.getCurrentName(), 40).replace("~", "~0").replace("/", "~1");
  }
}
