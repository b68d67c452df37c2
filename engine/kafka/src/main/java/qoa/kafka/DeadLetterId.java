package qoa.kafka;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The position of a dead letter in the dead-letter topic.
 *
 * @param partition 0 or more
 * @param offset 0 or more
 */
public record DeadLetterId(int partition, long offset) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

  /**
   * Reads {@code PARTITION:OFFSET}.
   *
   * @throws IllegalArgumentException if the text has another form; the message is for users
   */
  public static DeadLetterId parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected PARTITION:OFFSET, such as 0:17");
    }
    return new DeadLetterId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return partition + ":" + offset;
  }
}
