package qoa.engine.kafka;

import java.util.HashMap;
import java.util.Map;
import qoa.engine.model.Source;

/**
 * The headers of the topic of re-keyed reports, which one engine writes and another reads. Dead
 * letters say where they came from in the same ones.
 */
public final class RekeyedHeaders {

  /** The topic a message came from. */
  public static final String TOPIC = "qoa.topic";

  /** Its partition, as decimal text. */
  public static final String PARTITION = "qoa.partition";

  /** Its offset, as decimal text. */
  public static final String OFFSET = "qoa.offset";

  /** Its timestamp in milliseconds since the epoch, as decimal text. */
  public static final String TIMESTAMP = "qoa.timestamp";

  /** Says that a message is a mark, no report; its value is {@link #mark}. */
  public static final String MARK = "qoa.sources";

  private static final String CAUGHT_UP = "end";
  private static final String BEHIND = "behind";

  private RekeyedHeaders() {}

  /**
   * The text of a mark: {@code topic:partition=end} for each source that was read to its end,
   * {@code topic:partition=behind} for the others, with blanks between.
   */
  public static String mark(Map<Source, Boolean> caughtUp) {
    StringBuilder text = new StringBuilder();
    caughtUp.forEach(
        (source, end) ->
            text.append(text.isEmpty() ? "" : " ")
                .append(source.topic())
                .append(':')
                .append(source.partition())
                .append('=')
                .append(end ? CAUGHT_UP : BEHIND));
    return text.toString();
  }

  /**
   * Reads what {@link #mark} wrote.
   *
   * @throws IllegalArgumentException where it is something else
   */
  public static Map<Source, Boolean> readMark(String text) {
    Map<Source, Boolean> caughtUp = new HashMap<>();
    for (String word : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      int colon = word.lastIndexOf(':');
      int equals = word.lastIndexOf('=');
      if (colon < 0 || equals < colon) {
        throw new IllegalArgumentException("expected topic:partition=end, not " + word);
      }
      int partition = Integer.parseInt(word.substring(colon + 1, equals));
      caughtUp.put(
          new Source(word.substring(0, colon), partition),
          word.substring(equals + 1).equals(CAUGHT_UP));
    }
    return caughtUp;
  }
}
