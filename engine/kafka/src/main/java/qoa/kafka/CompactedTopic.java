package qoa.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
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
import qoa.core.model.Partition;

/**
 * The latest value of each key of a compacted topic, kept in memory by the home that it is about.
 * Each look reads what came since the one before, so a process reads the topic once. All workers of
 * a service share it; one looks at a time.
 *
 * @param <V> what a value says
 */
public final class CompactedTopic<V> {

  /**
   * Reads a record's value.
   *
   * @param <V> what it says
   */
  @FunctionalInterface
  public interface Decoder<V> {

    /**
     * What a record says.
     *
     * @throws IOException where it is not what the engine writes
     * @throws IllegalArgumentException the same
     */
    Entry<V> decode(String key, byte[] value) throws IOException;
  }

  /**
   * A value, and the home that it is about.
   *
   * @param <V> what the value says
   */
  public record Entry<V>(Partition home, V value) {}

  private static final Logger LOG = LoggerFactory.getLogger(CompactedTopic.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Map<String, Object> client;
  private final String topic;
  private final Decoder<V> decoder;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Map<String, Partition> homes = new HashMap<>();
  private final Map<Partition, Map<String, V>> values = new HashMap<>();

  /**
   * @param client Kafka client properties
   */
  public CompactedTopic(Map<String, Object> client, String topic, Decoder<V> decoder) {
    this.client = new HashMap<>(client);
    this.topic = topic;
    this.decoder = decoder;
  }

  /**
   * The values about some homes, by key. The topic is read to where its last message is, committed
   * or not: the transaction of the engine that read these homes before is waited for, so that
   * nothing of it is missed.
   *
   * @throws BrokerException where the topic cannot be read to its end within 60 s
   */
  public synchronized Map<String, V> of(Set<Partition> wanted) {
    try {
      catchUp();
    } catch (KafkaException e) {
      throw BrokerException.of("cannot read topic " + topic, client, AclOperation.READ, e);
    }
    Map<String, V> found = new HashMap<>();
    wanted.forEach(home -> found.putAll(values.getOrDefault(home, Map.of())));
    return found;
  }

  private void catchUp() {
    Map<TopicPartition, Long> ends = ends();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
      consumer.assign(ends.keySet());
      for (TopicPartition partition : ends.keySet()) {
        consumer.seek(partition, positions.getOrDefault(partition, 0L));
      }
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        if (System.nanoTime() > deadline) {
          throw new KafkaException("a transaction in it was not ended within " + LIMIT);
        }
        consumer.poll(POLL).forEach(this::put);
        ends.keySet().forEach(partition -> positions.put(partition, consumer.position(partition)));
      }
    }
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
    // What compaction has removed since is passed over.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What another program wrote there is passed over. */
  private void put(ConsumerRecord<byte[], byte[]> message) {
    if (message.key() == null) {
      return;
    }
    String key = new String(message.key(), StandardCharsets.UTF_8);
    Entry<V> entry = message.value() == null ? null : decode(key, message.value());
    Partition before = homes.remove(key);
    if (before != null) {
      Map<String, V> known = values.get(before);
      known.remove(key);
      if (known.isEmpty()) {
        values.remove(before);
      }
    }
    if (entry != null) {
      homes.put(key, entry.home());
      values.computeIfAbsent(entry.home(), home -> new HashMap<>()).put(key, entry.value());
    }
  }

  private Entry<V> decode(String key, byte[] value) {
    try {
      return decoder.decode(key, value);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("topic {}: ignores the record with key {}: {}", topic, key, e.getMessage());
      return null;
    }
  }
}
