package qoa.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import qoa.core.model.Partition;

/**
 * The headers of the topic of re-keyed reports, which one engine writes and another reads. Dead
 * letters have the same headers for their source partition.
 *
 * <p>What is read is checked: each method that reads throws {@link IllegalArgumentException} where
 * a header is missing or is not as an engine writes it. Of several headers of a name the last
 * counts, because an engine puts its own behind those of the sender.
 */
public final class RekeyedHeaders {

  /** The topic a message came from. */
  public static final String TOPIC = EngineHeaders.PREFIX + "topic";

  /** Its partition, as decimal text. */
  public static final String PARTITION = EngineHeaders.PREFIX + "partition";

  /** Its offset, as decimal text. */
  public static final String OFFSET = EngineHeaders.PREFIX + "offset";

  /** Its timestamp in milliseconds since the epoch, as decimal text; -1 where it has none. */
  public static final String TIMESTAMP = EngineHeaders.PREFIX + "timestamp";

  /** Marks a progress mark; its value is {@link #mark}. */
  public static final String MARK = EngineHeaders.PREFIX + "sources";

  /**
   * Marks a report that was judged before its application moved; it fills the windows that were
   * open then. Its value is empty.
   */
  public static final String JUDGED = EngineHeaders.PREFIX + "judged";

  /**
   * Marks a handover of an application, which is the key. The header's value is the partition that
   * judged it before, as {@code topic:partition}; the message's value is the application's state.
   */
  public static final String HANDOVER = EngineHeaders.PREFIX + "handover";

  private static final String CAUGHT_UP = "end";
  private static final String BEHIND = "behind";
  private static final int MAX_TOPIC_BYTES = 249;
  private static final int MAX_DIGITS = 19;

  /** How much of a broken header a message shows. */
  private static final int MAX_SHOWN = 40;

  private RekeyedHeaders() {}

  /** Whether a message is marked as a re-keyed report. */
  public static boolean isReport(Headers headers) {
    return headers.lastHeader(TOPIC) != null;
  }

  /** Whether a report was judged before its application moved. */
  public static boolean isJudged(Headers headers) {
    return headers.lastHeader(JUDGED) != null;
  }

  /** Whether a message is marked as a handover. */
  public static boolean isHandover(Headers headers) {
    return headers.lastHeader(HANDOVER) != null;
  }

  /** The text of a partition: {@code topic:partition}. */
  public static String handover(Partition from) {
    return from.topic() + ':' + from.partition();
  }

  /** Reads what {@link #handover} wrote. */
  public static Partition readHandover(Headers headers) {
    String text = text(headers, HANDOVER);
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw unexpected(HANDOVER, text, "topic:partition");
    }
    String topic = topic(HANDOVER, text.substring(0, colon));
    long partition = number(HANDOVER, text.substring(colon + 1), 0, Integer.MAX_VALUE);
    return new Partition(topic, (int) partition);
  }

  /** The topic that a report came from. */
  public static String topic(Headers headers) {
    return topic(TOPIC, text(headers, TOPIC));
  }

  /** The partition that a report came from, 0 or more. */
  public static int partition(Headers headers) {
    return (int) number(PARTITION, text(headers, PARTITION), 0, Integer.MAX_VALUE);
  }

  /** The offset that a report had there, 0 or more. */
  public static long offset(Headers headers) {
    return number(OFFSET, text(headers, OFFSET), 0, Long.MAX_VALUE);
  }

  /** The time that a report had there, in milliseconds since the epoch; -1 where it had none. */
  public static long timestamp(Headers headers) {
    return number(TIMESTAMP, text(headers, TIMESTAMP), -1, Long.MAX_VALUE);
  }

  /**
   * The text of a progress mark: {@code topic:partition=end} for each source partition that was
   * read to its end, {@code topic:partition=behind} for the others, separated by blanks.
   */
  public static String mark(Map<Partition, Boolean> caughtUp) {
    StringBuilder text = new StringBuilder();
    caughtUp.forEach(
        (partition, end) ->
            text.append(text.isEmpty() ? "" : " ")
                .append(partition.topic())
                .append(':')
                .append(partition.partition())
                .append('=')
                .append(end ? CAUGHT_UP : BEHIND));
    return text.toString();
  }

  /** Reads what {@link #mark} wrote. */
  public static Map<Partition, Boolean> readMark(Headers headers) {
    Map<Partition, Boolean> caughtUp = new HashMap<>();
    String mark = text(headers, MARK);
    for (String item : mark.isEmpty() ? new String[0] : mark.split(" ", -1)) {
      int colon = item.indexOf(':');
      int equals = item.indexOf('=');
      String how = item.substring(equals + 1);
      if (colon < 0 || equals < colon || !(how.equals(CAUGHT_UP) || how.equals(BEHIND))) {
        throw unexpected(MARK, item, "topic:partition=end, or topic:partition=behind");
      }
      String topic = topic(MARK, item.substring(0, colon));
      long partition = number(MARK, item.substring(colon + 1, equals), 0, Integer.MAX_VALUE);
      caughtUp.put(new Partition(topic, (int) partition), how.equals(CAUGHT_UP));
    }
    return caughtUp;
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    if (header == null) {
      throw new IllegalArgumentException("it has no header " + name);
    }
    if (header.value() == null) {
      throw new IllegalArgumentException("its header " + name + " has no value");
    }
    // One character a byte: what is not ASCII is refused, and can be shown.
    return new String(header.value(), StandardCharsets.ISO_8859_1);
  }

  private static String topic(String header, String text) {
    if (text.isEmpty() || text.length() > MAX_TOPIC_BYTES) {
      throw unexpected(header, text, "the name of a topic");
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isOfTopics(text.charAt(i))) {
        throw unexpected(header, text, "the name of a topic");
      }
    }
    return text;
  }

  /** Reads what {@link Long#toString} wrote, and nothing else: no plus sign, no leading zero. */
  private static long number(String header, String text, long least, long most) {
    try {
      long number = text.length() <= MAX_DIGITS ? Long.parseLong(text) : least - 1;
      if (number >= least && number <= most && Long.toString(number).equals(text)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw unexpected(header, text, "a whole number from %d to %d".formatted(least, most));
  }

  private static boolean isOfTopics(char c) {
    boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return isLetter || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  }

  private static IllegalArgumentException unexpected(String header, String found, String expected) {
    String shown = found.length() > MAX_SHOWN ? found.substring(0, MAX_SHOWN) + "…" : found;
    return new IllegalArgumentException(
        "its header %s says \"%s\"; expected %s".formatted(header, shown, expected));
  }
}
