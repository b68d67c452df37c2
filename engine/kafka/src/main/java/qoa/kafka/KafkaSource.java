package qoa.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.ReadPosition;
import qoa.core.read.LiveSource;
import qoa.core.read.RebalanceListener;

/**
 * Reads reports from Kafka as a member of a consumer group. The only class that touches the group's
 * consumer; the sink commits positions, in its transactions.
 *
 * <p>Any failure is a {@link BrokerException}; then the source can only be closed.
 */
public final class KafkaSource implements LiveSource, GroupMembership {

  /** The consumer group where none is set. */
  public static final String GROUP = "qoa-engine";

  private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);
  private static final int METADATA_MILLIS = 1_000;
  private static final int FETCH_BYTES = 16 * 1024 * 1024;

  /** How long to wait for a broker's answer that is optional. */
  private static final Duration ANSWER = Duration.ofSeconds(1);

  /** How long to wait for an answer that is needed. */
  private static final long NEEDED_SECONDS = 20;

  private final Map<String, Object> client;
  private final List<String> topics;
  private final String rekeyedTopic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final Rekeyed rekeyed = new Rekeyed();
  private final Map<TopicPartition, Partition> partitions = new HashMap<>();

  /** The first positions of partitions without a committed position. */
  private final Map<TopicPartition, Long> firstPositions = new HashMap<>();

  private RebalanceListener listener;
  private boolean paused;

  /** Whether it is known that each partition is assigned to some member of the group. */
  private boolean isAllAssigned;

  private boolean leavesGroup;

  /**
   * @param client Kafka consumer properties; they override what this class sets
   * @param topics the topics of reports
   * @param rekeyedTopic the topic of re-keyed reports; null where reports are not re-keyed
   * @throws BrokerException where the properties are not valid
   */
  public KafkaSource(Map<String, Object> client, List<String> topics, String rekeyedTopic) {
    this.client = Map.copyOf(client);
    this.topics = List.copyOf(topics);
    this.rekeyedTopic = rekeyedTopic;
    try {
      consumer = new KafkaConsumer<>(properties(client));
      admin = Admin.create(adminProperties(client));
    } catch (KafkaException e) {
      throw failure("cannot set up a Kafka consumer", e);
    }
  }

  private static Map<String, Object> adminProperties(Map<String, Object> client) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.keySet().retainAll(AdminClientConfig.configNames());
    return properties;
  }

  @Override
  public void open(RebalanceListener rebalanceListener) {
    listener = rebalanceListener;
    List<String> all = new ArrayList<>(topics);
    if (rekeyedTopic != null) {
      all.add(rekeyedTopic);
    }
    consumer.subscribe(all, new Assignments());
  }

  static Map<String, Object> properties(Map<String, Object> client) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    // How long the partitions of a killed engine are not read.
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, KafkaConfig.SESSION_TIMEOUT_MILLIS);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4000);
    // A topic that grows is noticed before windows close without what comes there.
    properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
    // All that is in memory before it is decoded.
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    properties.putAll(client);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // All are revoked before any is assigned: no commit falls between two generations.
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  private final class Assignments implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      LOG.info("reads {}", consumer.assignment());
      isAllAssigned = false;
      if (paused) {
        consumer.pause(assigned);
      }
      if (!assigned.isEmpty()) {
        listener.assigned(positions(new HashSet<>(assigned)));
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      LOG.info("gives up {}", revoked);
      listener.revoked(known(revoked));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      LOG.warn("has lost {} to other engines", lost);
      listener.lost(known(lost));
    }
  }

  private Map<Partition, ReadPosition> positions(Set<TopicPartition> assigned) {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(assigned);
    Map<Partition, ReadPosition> positions = new HashMap<>();
    for (TopicPartition partition : assigned) {
      OffsetAndMetadata left = committed.get(partition);
      if (left == null) {
        firstPositions.computeIfAbsent(partition, consumer::position);
      }
      positions.put(
          known(partition),
          left == null
              ? new ReadPosition(firstPositions.get(partition), "")
              : new ReadPosition(left.offset(), left.metadata()));
    }
    return positions;
  }

  private Set<Partition> known(Collection<TopicPartition> some) {
    Set<Partition> set = new HashSet<>();
    some.forEach(partition -> set.add(known(partition)));
    return set;
  }

  /** One object for all messages of a partition. */
  private Partition known(TopicPartition partition) {
    return partitions.computeIfAbsent(partition, p -> new Partition(p.topic(), p.partition()));
  }

  @Override
  public List<Incoming> poll(long timeoutMillis) {
    ConsumerRecords<byte[], byte[]> records;
    try {
      records = consumer.poll(Duration.ofMillis(timeoutMillis));
    } catch (KafkaException e) {
      throw failure("cannot read reports", e);
    }
    List<Incoming> messages = new ArrayList<>(records.count());
    for (TopicPartition assigned : records.partitions()) {
      Partition partition = known(assigned);
      boolean isRekeyed = partition.topic().equals(rekeyedTopic);
      for (ConsumerRecord<byte[], byte[]> message : records.records(assigned)) {
        messages.add(isRekeyed ? rekeyed.read(partition, message) : report(partition, message));
      }
    }
    return messages;
  }

  private static RawReport report(Partition partition, ConsumerRecord<byte[], byte[]> message) {
    return new RawReport(
        partition,
        message.offset(),
        message.timestamp(),
        message.key(),
        message.value(),
        EngineHeaders.ofSender(message.headers()));
  }

  @Override
  public void rewind() {
    try {
      Set<TopicPartition> assigned = consumer.assignment();
      if (assigned.isEmpty()) {
        return;
      }
      Map<Partition, ReadPosition> positions = positions(assigned);
      for (TopicPartition partition : assigned) {
        consumer.seek(partition, positions.get(known(partition)).offset());
      }
      listener.assigned(positions);
    } catch (KafkaException e) {
      throw failure("cannot go back to what was committed", e);
    }
  }

  /** The consumer wraps what fails during a rebalance. */
  private BrokerException failure(String problem, KafkaException e) {
    return BrokerException.of(problem, client, AclOperation.READ, e);
  }

  @Override
  public void pause(boolean pause) {
    if (pause != paused) {
      paused = pause;
      if (pause) {
        consumer.pause(consumer.assignment());
      } else {
        consumer.resume(consumer.assignment());
      }
    }
  }

  @Override
  public Optional<String> trouble() {
    if (isCutOff()) {
      return Optional.of("no connection to any broker");
    }
    return consumer.assignment().isEmpty()
        ? Optional.of("no partition of " + topics + " was given to this engine yet")
        : Optional.empty();
  }

  private boolean isCutOff() {
    return consumer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("connection-count"))
        .anyMatch(metric -> metric.metricValue().equals(0.0));
  }

  @Override
  public Set<Partition> sourcePartitions() {
    Set<Partition> all = new HashSet<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(partition -> all.add(new Partition(topic, partition.partition())));
    }
    for (TopicPartition partition : consumer.assignment()) { // it may be newer than the metadata
      if (topics.contains(partition.topic())) {
        all.add(known(partition));
      }
    }
    return all;
  }

  @Override
  public Set<Partition> sourcePartitionsNow() {
    Set<Partition> all = new HashSet<>();
    try {
      admin
          .describeTopics(topics)
          .allTopicNames()
          .get(NEEDED_SECONDS, TimeUnit.SECONDS)
          .forEach(
              (topic, description) ->
                  description
                      .partitions()
                      .forEach(partition -> all.add(new Partition(topic, partition.partition()))));
      checkAssignments(all);
      return all;
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw BrokerException.of("cannot look up topics " + topics, client, AclOperation.DESCRIBE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("interrupted while waiting for Kafka", e);
    }
  }

  /**
   * A static member that comes back keeps its assignment. If it is the group's leader, it no longer
   * notices that a topic has grown (KIP-814), and the new partitions would stay unread. The group
   * rebalances when a member leaves it.
   */
  private void checkAssignments(Set<Partition> all)
      throws ExecutionException, java.util.concurrent.TimeoutException, InterruptedException {
    if (isAllAssigned) {
      return;
    }
    String group = consumer.groupMetadata().groupId();
    ConsumerGroupDescription description =
        admin
            .describeConsumerGroups(Set.of(group))
            .describedGroups()
            .get(group)
            .get(NEEDED_SECONDS, TimeUnit.SECONDS);
    if (description.groupState() != GroupState.STABLE) {
      return;
    }
    Set<TopicPartition> unread = new HashSet<>();
    for (String topic : consumer.subscription()) { // of re-keyed reports too
      consumer
          .partitionsFor(topic)
          .forEach(known -> unread.add(new TopicPartition(topic, known.partition())));
    }
    all.forEach(known -> unread.add(new TopicPartition(known.topic(), known.partition())));
    description
        .members()
        .forEach(member -> unread.removeAll(member.assignment().topicPartitions()));
    if (!unread.isEmpty()) {
      leavesGroup = true;
      throw new BrokerException("no engine of group %s reads %s".formatted(group, unread), null);
    }
    isAllAssigned = true;
  }

  @Override
  public Map<Partition, Long> lag() {
    Map<Partition, Long> lag = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      OptionalLong records = consumer.currentLag(partition);
      if (records.isPresent()) {
        lag.put(known(partition), records.getAsLong());
      }
    }
    return lag;
  }

  /** Empty where no broker answers. */
  @Override
  public Map<Partition, Long> lagNow() {
    Map<Partition, Long> lag = new HashMap<>();
    try {
      consumer
          .endOffsets(consumer.assignment(), ANSWER)
          .forEach(
              (partition, end) ->
                  lag.put(known(partition), end - consumer.position(partition, ANSWER)));
    } catch (TimeoutException e) {
      return Map.of();
    } catch (KafkaException e) {
      throw failure("cannot ask how many reports there are", e);
    }
    return lag;
  }

  @Override
  public ConsumerGroupMetadata groupMetadata() {
    return consumer.groupMetadata();
  }

  /** Leaves the group, unless it is a static member and all partitions are assigned. */
  @Override
  public void close() {
    admin.close(Duration.ZERO);
    consumer.close(
        CloseOptions.groupMembershipOperation(
            leavesGroup
                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                : CloseOptions.GroupMembershipOperation.DEFAULT));
  }
}
