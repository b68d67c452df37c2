package qoa.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.acl.AclOperation;
import qoa.kafka.TopicReader.Span;

/** Reads the dead letters that exist when reading starts, one batch at a time. For one thread. */
public final class DeadLetterTopic implements AutoCloseable {

  private final TopicReader reader;
  private final TopicDescription topic;

  /**
   * Connects.
   *
   * @throws BrokerException if the topic does not exist, or no broker answers in time
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
   * Reads the selected dead letters, by partition and offset.
   *
   * @return the number of dead letters that are left out only because they were redriven before
   * @throws BrokerException if the topic cannot be read
   */
  public long read(DeadLetterFilter filter, DeadLetterVisitor<StoredDeadLetter> visitor) {
    return read(filter, marks(IsolationLevel.READ_COMMITTED), visitor);
  }

  /** The same, with marks that have been read already. */
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

  /** The part of a range that contains the ids of the filter. */
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
   * Reads which dead letters were redriven.
   *
   * @param end {@code READ_UNCOMMITTED} to wait for open transactions
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

  /** The name of the topic. */
  String name() {
    return topic.name();
  }

  /**
   * Whether a topic exists.
   *
   * @throws BrokerException if it exists, but this client may not write to it
   */
  boolean isWritable(String other) {
    return reader.describe(other, AclOperation.WRITE).isPresent();
  }

  @Override
  public void close() {
    reader.close();
  }

  /** Passes the selected dead letters on. */
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

    /** Takes the records of one poll. False if the limit is reached. */
    boolean take(List<ConsumerRecord<byte[], byte[]>> batch) {
      List<StoredDeadLetter> selected = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> message : batch) {
        DeadLetterId id = new DeadLetterId(message.partition(), message.offset());
        StoredDeadLetter deadLetter = StoredDeadLetter.of(message, marks.contains(id));
        if (left > 0 && filter.matches(deadLetter)) {
          if (deadLetter.redriven() && !filter.redriven()) {
            hidden++;
          } else {
            selected.add(deadLetter);
            left--;
          }
        }
      }
      visitor.progress(batch.size());
      if (!selected.isEmpty()) {
        visitor.visit(selected);
      }
      return left > 0;
    }
  }
}
