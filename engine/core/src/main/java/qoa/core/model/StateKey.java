package qoa.core.model;

/**
 * What a state is of: an application in a home, or the home itself.
 *
 * @param home the stream that the reports are read from
 * @param application null for the home itself
 */
public record StateKey(Partition home, String application) {

  private static final char SEPARATOR = ':';

  /** The state of a home itself. */
  public static StateKey of(Partition home) {
    return new StateKey(home, null);
  }

  /** The message key: {@code topic:partition}, then {@code :application} where there is one. */
  public String text() {
    String text = home.topic() + SEPARATOR + home.partition();
    return application == null ? text : text + SEPARATOR + application;
  }

  /**
   * Reads what {@link #text} wrote. Kafka's topics have no colon in their names.
   *
   * @throws IllegalArgumentException where it is something else
   */
  public static StateKey parse(String text) {
    int topic = text.indexOf(SEPARATOR);
    if (topic < 0) {
      throw new IllegalArgumentException("expected topic:partition, not " + text);
    }
    int partition = text.indexOf(SEPARATOR, topic + 1);
    int end = partition < 0 ? text.length() : partition;
    Partition home =
        new Partition(text.substring(0, topic), Integer.parseInt(text.substring(topic + 1, end)));
    return new StateKey(home, partition < 0 ? null : text.substring(partition + 1));
  }
}
