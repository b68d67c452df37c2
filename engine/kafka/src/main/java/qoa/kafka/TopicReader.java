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
 * Reads committed records of a topic, from one place to another or as they come; belongs to no
 * consumer group. For one thread, which waits here while the broker is slow: up to 20 s, unless the
 * client's properties set another time.
 */
final class TopicReader implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> client;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * Offsets of a partition.
   *
   * @param from the first
   * @param to the one after the last
   */
  record Span(TopicPartition partition, long from, long to) {}

  /**
   * @throws BrokerException where the properties are not valid
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
      throw failure("cannot set up a Kafka client", e);
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
    // The engine's own group is none of a reader's business.
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // What retention has deleted since the offsets were looked up is passed over.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  /**
   * What the broker knows of a topic; empty where there is none, or can be none of that name.
   *
   * @param right what this client is going to do there
   * @throws BrokerException where there is a topic, and this client may not do that
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
          "cannot look for topic " + topic, client, right, Topics.named(topic, e.getCause()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * The same of a topic that must be there.
   *
   * @param setting where its name stands in the configuration
   * @throws BrokerException where there is none, or it may not be read
   */
  TopicDescription existing(String topic, String setting) {
    return describe(topic, AclOperation.READ)
        .orElseThrow(
            () ->
                new BrokerException(
                    "there is no topic %s at %s: no engine has run there, or %s is another"
                        .formatted(topic, client.get("bootstrap.servers"), setting),
                    null));
  }

  /**
   * Where a topic begins and ends now, by partition.
   *
   * @param since leaves out what comes before the first record of that time; null for the beginning
   * @param end whether the end is that of all records, or lies before the first open transaction
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
      if (first >= 0 && first < last) { // negative: nothing is so new
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
            "cannot look up where topics begin and end",
            admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all());
    Map<TopicPartition, Long> offsets = new HashMap<>();
    answer.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  /**
   * Reads to the end of a span, or until told to stop.
   *
   * @param each gets what came at once, in order, possibly nothing; false to stop
   * @return whether the end was reached
   * @throws BrokerException where nothing comes for 20 s
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
            new TimeoutException("nothing came for " + PATIENCE.toSeconds() + " s");
        throw unread(span, e);
      }
      position = next;
    }
    return true;
  }

  /**
   * Reads all partitions as records come, until told to stop; for as long as the broker is away,
   * nothing comes.
   *
   * @param fromBeginning whether to start with the oldest record, or with the next one that comes
   * @param each gets what came at once, in order of each partition, possibly nothing; false to stop
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
      // Where the end is must be known before whoever waits is told so.
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

  /** Past what was read, and past what the broker keeps to itself of transactions. */
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
