package qoa.core.model;

/**
 * Names a state: of an application in a partition, or of the partition itself.
 *
 * @param partition the partition that the reports are read from
 * @param application null for the partition itself
 */
public record StateKey(Partition partition, String application) {

  private static final char SEPARATOR = ':';

  /** The state of a partition itself. */
  public static StateKey of(Partition partition) {
    return new StateKey(partition, null);
  }

  /** The message key: {@code topic:partition}, then {@code :application} where there is one. */
  public String text() {
    String text = partition.topic() + SEPARATOR + partition.partition();
    return application == null ? text : text + SEPARATOR + application;
  }

  /**
   * Reads what {@link #text} wrote. Kafka's topics have no colon in their names.
   *
   * @throws IllegalArgumentException where the text is something else
   */
  public static StateKey parse(String text) {
    int topicEnd = text.indexOf(SEPARATOR);
    if (topicEnd < 0) {
      throw new IllegalArgumentException("expected topic:partition, not " + text);
    }
    int second = text.indexOf(SEPARATOR, topicEnd + 1);
    String number = text.substring(topicEnd + 1, second < 0 ? text.length() : second);
    Partition partition = new Partition(text.substring(0, topicEnd), Integer.parseInt(number));
    return new StateKey(partition, second < 0 ? null : text.substring(second + 1));
  }
}
