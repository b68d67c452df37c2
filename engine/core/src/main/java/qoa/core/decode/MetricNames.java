package qoa.core.decode;

import java.util.Locale;
import qoa.core.model.ReportBounds;

/**
 * Names of metrics that lie inside a record. The few names that a service uses come back in every
 * report, so joined names are kept and handed out again: {@value #SLOTS} at most, of names that
 * {@link ReportBounds} bounds, so that all of them take less than 4 MiB whatever senders choose.
 * Not safe for several threads.
 */
final class MetricNames {

  private static final int SLOTS = 1024;

  /** Two names of so few characters together, joined, keep the bound whatever they are. */
  private static final int SHORT = ReportBounds.NAME_BYTES / 3 - 1;

  private final String[] bases = new String[SLOTS];
  private final String[] leaves = new String[SLOTS];
  private final String[] joined = new String[SLOTS];

  /**
   * The name of a leaf of a metric's record: {@code m.leaf}, or just {@code m} where the leaf says
   * the metric's name again, as {@code responseTime} does inside {@code response_time}.
   */
  String leaf(String base, String leaf) {
    int slot = (base.hashCode() * 31 + leaf.hashCode()) & (SLOTS - 1);
    if (base.equals(bases[slot]) && leaf.equals(leaves[slot])) {
      return joined[slot];
    }
    boolean same = letters(leaf) == letters(base) && snake(leaf).equals(snake(base));
    String name = same ? base : base + "." + leaf;
    bases[slot] = base;
    leaves[slot] = leaf;
    joined[slot] = name;
    return name;
  }

  /**
   * Whether the name that {@link #leaf} gives is short enough.
   *
   * @param base and {@code leaf} are each short enough alone
   */
  boolean isShort(String base, String leaf) {
    return base.length() + leaf.length() <= SHORT || ReportBounds.holdsName(leaf(base, leaf));
  }

  /** How many characters are none that {@link #snake} adds or exchanges. */
  private static int letters(String name) {
    int letters = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      letters += c == ' ' || c == '-' || c == '_' ? 0 : 1;
    }
    return letters;
  }

  /**
   * The one way of writing a name: {@code responseTime}, {@code Response Time} and {@code
   * response_time} are the same.
   */
  private static String snake(String name) {
    StringBuilder snake = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == ' ' || c == '-') {
        snake.append('_');
      } else {
        if (Character.isUpperCase(c) && i > 0 && Character.isLowerCase(name.charAt(i - 1))) {
          snake.append('_');
        }
        snake.append(c);
      }
    }
    return snake.toString().toLowerCase(Locale.ROOT);
  }
}
