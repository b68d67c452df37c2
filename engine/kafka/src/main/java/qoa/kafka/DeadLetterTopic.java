package qoa.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.acl.AclOperation;
import qoa.kafka.TopicReader.Span;

/**
 * The dead letters, read from where they begin to where they end when reading starts; one batch of
 * them is in memory at a time. For one thread.
 */
public final class DeadLetterTopic implements AutoCloseable {

  private final TopicReader reader;
  private final TopicDescription topic;

  /**
   * Connects.
   *
   * @throws BrokerException where there is no such topic, or no broker that answers in time
   */
  public DeadLetterTopic(KafkaConfig kafka, String topic) {
    reader = new TopicReader(kafka);
    boolean found = false;
    try {
      this.topic = reader.existing(topic, "topics.dead-letters");
      found = true;
    } finally {
      if (!found) {
        reader.close();
      }
    }
  }

  /**
   * Reads the letters that are meant, by partition and offset.
   *
   * @return how many would have been meant, had they not been redriven before
   * @throws BrokerException where Kafka cannot be read
   */
  public long read(DeadLetterFilter filter, DeadLetterVisitor<StoredDeadLetter> visitor) {
    return read(filter, marks(IsolationLevel.READ_COMMITTED), visitor);
  }

  /** The same with marks that are read already. */
  long read(
      DeadLetterFilter filter, RedrivenMarks marks, DeadLetterVisitor<StoredDeadLetter> visitor) {
    Selection selection = new Selection(filter, marks, visitor);
    for (Span span : reader.spans(topic, filter.since(), IsolationLevel.READ_COMMITTED)) {
      Optional<Span> part = narrowed(span, filter);
      if (part.isPresent() && !reader.read(part.get(), selection::take)) {
        break;
      }
    }
    return selection.hidden;
  }

  /** The part of a span where single letters are that are meant. */
  private static Optional<Span> narrowed(Span span, DeadLetterFilter filter) {
    if (filter.ids().isEmpty()) {
      return Optional.of(span);
    }
    var offsets =
        filter.ids().stream()
            .filter(id -> id.partition() == span.partition().partition())
            .mapToLong(DeadLetterId::offset)
            .filter(offset -> offset >= span.from() && offset < span.to())
            .summaryStatistics();
    return offsets.getCount() == 0
        ? Optional.empty()
        : Optional.of(new Span(span.partition(), offsets.getMin(), offsets.getMax() + 1));
  }

  /**
   * Which letters were redriven.
   *
   * @param end with {@code READ_UNCOMMITTED}, waits for transactions that are open
   */
  RedrivenMarks marks(IsolationLevel end) {
    RedrivenMarks marks = new RedrivenMarks(topic.name(), topic.topicId());
    reader
        .describe(RedrivenMarks.topic(topic.name()), AclOperation.READ)
        .ifPresent(
            found -> {
              for (Span span : reader.spans(found, null, end)) {
                reader.read(
                    span,
                    batch -> {
                      batch.forEach(marks::add);
                      return true;
                    });
              }
            });
    return marks;
  }

  /** Its name. */
  String name() {
    return topic.name();
  }

  /**
   * Whether there is a topic of that name.
   *
   * @throws BrokerException where there is, and this client may not write to it
   */
  boolean isWritable(String other) {
    return reader.describe(other, AclOperation.WRITE).isPresent();
  }

  @Override
  public void close() {
    reader.close();
  }

  /** Hands on what is meant of all that is read. */
  private static final class Selection {

    private final DeadLetterFilter filter;
    private final RedrivenMarks marks;
    private final DeadLetterVisitor<StoredDeadLetter> visitor;
    private long left;
    private long hidden;

    Selection(
        DeadLetterFilter filter, RedrivenMarks marks, DeadLetterVisitor<StoredDeadLetter> visitor) {
      this.filter = filter;
      this.marks = marks;
      this.visitor = visitor;
      left = filter.limit();
    }

    /** False where the limit is reached. */
    boolean take(List<ConsumerRecord<byte[], byte[]>> batch) {
      List<StoredDeadLetter> meant = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> message : batch) {
        DeadLetterId id = new DeadLetterId(message.partition(), message.offset());
        StoredDeadLetter letter = StoredDeadLetter.of(message, marks.contains(id));
        if (left > 0 && filter.matches(letter)) {
          if (letter.redriven() && !filter.redriven()) {
            hidden++;
          } else {
            meant.add(letter);
            left--;
          }
        }
      }
      visitor.progress(batch.size());
      if (!meant.isEmpty()) {
        visitor.visit(meant);
      }
      return left > 0;
    }
  }
}
