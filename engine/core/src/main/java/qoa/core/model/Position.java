package qoa.core.model;

import java.util.Comparator;

/**
 * Where a report came from: a record of a Kafka partition, or a line of a file.
 *
 * @param topic the Kafka topic, or the file's name ({@code -} for standard input)
 * @param partition the Kafka partition; 0 for a file
 * @param offset the Kafka offset; for a file the line, counted from 0
 */
public record Position(String topic, int partition, long offset) implements Comparable<Position> {

  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::topic)
          .thenComparingInt(Position::partition)
          .thenComparingLong(Position::offset);

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
