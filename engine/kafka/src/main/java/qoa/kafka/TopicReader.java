package qoa.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed records of a topic: a range of offsets, or records as they arrive. Joins no
 * consumer group. For one thread. A call waits for a slow broker up to 20 s, unless the client's
 * properties set another timeout.
 */
final class TopicReader implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> client;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * A range of offsets of a partition.
   *
   * @param from the first offset
   * @param to the offset after the last one
   */
  record Span(TopicPartition partition, long from, long to) {}

  /**
   * @throws BrokerException if the properties are not valid
   */
  TopicReader(KafkaConfig kafka) {
    client = kafka.forConsumer();
    Admin made = null;
    try {
      made = Admin.create(patient(kafka.forAdmin()));
      consumer = new KafkaConsumer<>(properties(kafka));
      admin = made;
    } catch (KafkaException e) {
      if (made != null) {
        made.close();
      }
      throw failure("cannot create a Kafka client", e);
    }
  }

  private static Map<String, Object> patient(Map<String, Object> client) {
    Map<String, Object> properties = new HashMap<>();
    int millis = (int) PATIENCE.toMillis();
    properties.put("default.api.timeout.ms", millis);
    properties.put("request.timeout.ms", millis);
    properties.putAll(client);
    return properties;
  }

  private static Map<String, Object> properties(KafkaConfig kafka) {
    Map<String, Object> properties = patient(kafka.forConsumer());
    // A reader must not join the group of the engine.
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Skips offsets that retention has deleted since they were looked up.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  /**
   * Describes a topic; empty if it does not exist, or the name is not valid.
   *
   * @param right the right that this client needs on it
   * @throws BrokerException if the topic exists, but the right is missing
   */
  Optional<TopicDescription> describe(String topic, AclOperation right) {
    DescribeTopicsOptions withRights =
        new DescribeTopicsOptions().includeAuthorizedOperations(true);
    try {
      TopicDescription found =
          admin.describeTopics(List.of(topic), withRights).allTopicNames().get().get(topic);
      MissingRights missing = new MissingRights(client);
      missing.check(EnumSet.of(right), found.authorizedOperations(), "topic", topic);
      missing.done();
      return Optional.of(found);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof InvalidTopicException) {
        return Optional.empty();
      }
      throw BrokerException.ofFirstCall(
          "cannot look up topic " + topic, client, right, Topics.named(topic, e.getCause()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Describes a topic that must exist.
   *
   * @param setting the setting with its name
   * @throws BrokerException if the topic does not exist, or this client may not read it
   */
  TopicDescription existing(String topic, String setting) {
    return describe(topic, AclOperation.READ)
        .orElseThrow(
            () ->
                new BrokerException(
                    "topic %s does not exist at %s: no engine has run there yet, or %s names the wrong topic"
                        .formatted(topic, client.get("bootstrap.servers"), setting),
                    null));
  }

  /**
   * The current first and last offset of each partition of a topic.
   *
   * @param since starts with the first record of this time or later; null for the oldest record
   * @param end whether the range ends with the last record, or before the first open transaction
   */
  List<Span> spans(TopicDescription topic, Instant since, IsolationLevel end) {
    List<TopicPartition> partitions = partitions(topic);
    OffsetSpec start =
        since == null ? OffsetSpec.earliest() : OffsetSpec.forTimestamp(since.toEpochMilli());
    Map<TopicPartition, Long> to = offsets(partitions, OffsetSpec.latest(), end);
    Map<TopicPartition, Long> from = offsets(partitions, start, IsolationLevel.READ_UNCOMMITTED);
    List<Span> spans = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      long first = from.get(partition);
      long last = to.get(partition);
      if (first >= 0 && first < last) { // negative: no record is that new
        spans.add(new Span(partition, first, last));
      }
    }
    return spans;
  }

  private Map<TopicPartition, Long> offsets(
      List<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, which));
    Map<TopicPartition, ListOffsetsResultInfo> answer =
        get(
            "cannot look up the offsets of the topic",
            admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
    Map<TopicPartition, Long> offsets = new HashMap<>();
    answer.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  /**
   * Reads a range to its end, or until the receiver stops it.
   *
   * @param each receives the records of one poll, in order, possibly none; returns false to stop
   * @return whether the end was reached
   * @throws BrokerException if no record arrives for 20 s
   */
  boolean read(Span span, Predicate<List<ConsumerRecord<byte[], byte[]>>> each) {
    start(span);
    long position = span.from();
    long heard = System.nanoTime();
    while (position < span.to()) {
      if (!each.test(poll(span))) {
        return false;
      }
      long next = position(span);
      if (next != position) {
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > PATIENCE.toNanos()) {
        TimeoutException e =
            new TimeoutException("no record arrived for " + PATIENCE.toSeconds() + " s");
        throw unread(span, e);
      }
      position = next;
    }
    return true;
  }

  /**
   * Reads all partitions as records arrive, until the receiver stops it. Waits while the broker is
   * away.
   *
   * @param fromBeginning whether to start with the oldest record; otherwise with the next new one
   * @param each receives the records of one poll, in the order of each partition, possibly none;
   *     returns false to stop
   */
  void follow(
      TopicDescription topic,
      boolean fromBeginning,
      Predicate<ConsumerRecords<byte[], byte[]>> each) {
    List<TopicPartition> partitions = partitions(topic);
    try {
      consumer.assign(partitions);
      if (fromBeginning) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
      }
      // Looks up the positions before the first call of the receiver.
      partitions.forEach(consumer::position);
      while (each.test(consumer.poll(POLL))) {
        // more
      }
    } catch (KafkaException e) {
      throw failure("cannot read topic " + topic.name(), e);
    }
  }

  private static List<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(info -> new TopicPartition(topic.name(), info.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  private void start(Span span) {
    try {
      consumer.assign(List.of(span.partition()));
      consumer.seek(span.partition(), span.from());
    } catch (KafkaException e) {
      throw unread(span, e);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> poll(Span span) {
    try {
      return consumer.poll(POLL).records(span.partition()).stream()
          .filter(message -> message.offset() < span.to())
          .toList();
    } catch (KafkaException e) {
      throw unread(span, e);
    }
  }

  /** The offset after the last record, including the control records of transactions. */
  private long position(Span span) {
    try {
      return consumer.position(span.partition());
    } catch (KafkaException e) {
      throw unread(span, e);
    }
  }

  private BrokerException unread(Span span, KafkaException e) {
    return failure("cannot read " + span.partition() + " to its end", e);
  }

  private <T> T get(String problem, Future<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw failure(problem, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static BrokerException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new BrokerException("interrupted while waiting for Kafka", e);
  }

  private BrokerException failure(String problem, Exception e) {
    return BrokerException.ofFirstCall(problem, client, AclOperation.READ, e);
  }

  @Override
  public void close() {
    consumer.close();
    admin.close(Duration.ofSeconds(1));
  }
}
