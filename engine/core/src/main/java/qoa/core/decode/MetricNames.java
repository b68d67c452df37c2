package qoa.core.decode;

import java.util.Locale;
import qoa.core.model.ReportBounds;

/**
 * The names of metrics inside records. A service uses the same few names in every report, so joined
 * names are kept and reused. These are {@value #SLOTS} names at most, of a length that {@link
 * ReportBounds} limits, and take less than 4 MiB, whatever senders choose. Not thread-safe.
 */
final class MetricNames {

  private static final int SLOTS = 1024;

  /** Two names with at most this many characters together are within the limit when joined. */
  private static final int SHORT = ReportBounds.NAME_BYTES / 3 - 1;

  private final String[] bases = new String[SLOTS];
  private final String[] leaves = new String[SLOTS];
  private final String[] joined = new String[SLOTS];

  /**
   * The name of a leaf in the record of a metric: {@code m.leaf}, or {@code m} if the leaf repeats
   * the name of the metric, as {@code responseTime} does in {@code response_time}.
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
   * Whether the result of {@link #leaf} is within the limit for names.
   *
   * @param base within the limit, like {@code leaf}
   */
  boolean isShort(String base, String leaf) {
    return base.length() + leaf.length() <= SHORT || ReportBounds.holdsName(leaf(base, leaf));
  }

  /** The number of characters that {@link #snake} neither adds nor replaces. */
  private static int letters(String name) {
    int letters = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      letters += c == ' ' || c == '-' || c == '_' ? 0 : 1;
    }
    return letters;
  }

  /**
   * The canonical spelling of a name: {@code responseTime}, {@code Response Time} and {@code
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
