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
 * The latest value of each key of a compacted topic, kept in memory by the partition of reports
 * that it belongs to. Each call of {@link #of} reads the records since the call before it, so a
 * process reads the topic once. All workers of a service share it; calls are serialized.
 *
 * @param <V> the decoded value
 */
public final class CompactedTopic<V> {

  /**
   * Decodes records.
   *
   * @param <V> the decoded value
   */
  @FunctionalInterface
  public interface Decoder<V> {

    /**
     * Decodes a record.
     *
     * @throws IOException if the engine does not write such a record
     * @throws IllegalArgumentException likewise
     */
    Entry<V> decode(String key, byte[] value) throws IOException;
  }

  /**
   * A value, and the partition of reports that it belongs to.
   *
   * @param <V> the decoded value
   */
  public record Entry<V>(Partition partition, V value) {}

  private static final Logger LOG = LoggerFactory.getLogger(CompactedTopic.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Map<String, Object> client;
  private final String topic;
  private final Decoder<V> decoder;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Map<String, Partition> partitions = new HashMap<>();
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
   * The values of some partitions of reports, by key. Reads the topic to its last record, committed
   * or not. So it waits for the open transaction of the engine that was assigned these partitions
   * before, and misses nothing.
   *
   * @throws BrokerException if the topic cannot be read to its end within 60 s
   */
  public synchronized Map<String, V> of(Set<Partition> wanted) {
    try {
      catchUp();
    } catch (KafkaException e) {
      throw BrokerException.of("cannot read topic " + topic, client, AclOperation.READ, e);
    }
    Map<String, V> found = new HashMap<>();
    wanted.forEach(partition -> found.putAll(values.getOrDefault(partition, Map.of())));
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
          throw new KafkaException("a transaction is still open after " + LIMIT.toSeconds() + " s");
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
    // Skips offsets that compaction has removed since.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Skips records that another program wrote. */
  private void put(ConsumerRecord<byte[], byte[]> message) {
    if (message.key() == null) {
      return;
    }
    String key = new String(message.key(), StandardCharsets.UTF_8);
    Entry<V> entry = message.value() == null ? null : decode(key, message.value());
    Partition before = partitions.remove(key);
    if (before != null) {
      Map<String, V> known = values.get(before);
      known.remove(key);
      if (known.isEmpty()) {
        values.remove(before);
      }
    }
    if (entry != null) {
      partitions.put(key, entry.partition());
      values.computeIfAbsent(entry.partition(), p -> new HashMap<>()).put(key, entry.value());
    }
  }

  private Entry<V> decode(String key, byte[] value) {
    try {
      return decoder.decode(key, value);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("topic {}: ignoring the record with key {}: {}", topic, key, e.getMessage());
      return null;
    }
  }
}
