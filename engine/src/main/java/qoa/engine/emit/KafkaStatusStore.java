package qoa.engine.emit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.engine.kafka.BrokerException;
import qoa.engine.model.Source;

/**
 * Reads the compacted topic {@code qoa.status} from its beginning to its end. The end is where the
 * last message is, committed or not: the transaction of whoever read these homes before is waited
 * for, so that nothing of it is missed. A connection of its own each time; it is asked for only
 * when partitions are handed over.
 */
public final class KafkaStatusStore implements StatusStore {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaStatusStore.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Map<String, Object> client;
  private final String topic;

  /**
   * @param client Kafka client properties
   * @param topic the topic of statuses
   */
  public KafkaStatusStore(Map<String, Object> client, String topic) {
    this.client = new HashMap<>(client);
    this.topic = topic;
  }

  /**
   * {@inheritDoc}
   *
   * @throws BrokerException where the topic cannot be read to its end within 60 s
   */
  @Override
  public List<Status> of(Set<Source> homes) {
    try {
      return read().values().stream().filter(status -> homes.contains(status.home())).toList();
    } catch (KafkaException e) {
      throw BrokerException.of("cannot read topic " + topic, client, AclOperation.READ, e);
    }
  }

  private Map<String, Status> read() {
    Map<String, Status> statuses = new LinkedHashMap<>();
    Map<TopicPartition, Long> ends = ends();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        if (System.nanoTime() > deadline) {
          throw new KafkaException("a transaction in it was not ended within " + LIMIT);
        }
        consumer.poll(POLL).forEach(message -> put(statuses, message));
      }
    }
    return statuses;
  }

  private Map<TopicPartition, Long> ends() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
      return consumer.endOffsets(
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .collect(Collectors.toSet()));
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What another program wrote there is not ours to judge: it is passed over. */
  private static void put(Map<String, Status> statuses, ConsumerRecord<byte[], byte[]> message) {
    if (message.key() == null) {
      return;
    }
    String key = new String(message.key(), StandardCharsets.UTF_8);
    if (message.value() == null) {
      statuses.remove(key);
      return;
    }
    try {
      statuses.put(key, StatusJson.read(message.value()));
    } catch (IOException e) {
      LOG.warn("passes over {} in the topic of statuses: {}", key, e.getMessage());
    }
  }
}
