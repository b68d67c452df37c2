package qoa.engine.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.engine.kafka.BrokerException;
import qoa.engine.kafka.GroupMembership;
import qoa.engine.model.RawReport;
import qoa.engine.model.Source;

/**
 * Reads reports from Kafka as a member of a consumer group. The only class that touches the
 * consumer; offsets are committed by the sink, in its transactions.
 */
public final class KafkaSource implements ReportSource, GroupMembership {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

  private final List<String> topics;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Source> sources = new HashMap<>();
  private boolean paused;

  /**
   * @param client Kafka consumer properties; they win over what this class sets
   * @param topics where the reports are
   * @throws BrokerException where the properties are not valid
   */
  public KafkaSource(Map<String, Object> client, List<String> topics) {
    this.topics = List.copyOf(topics);
    try {
      consumer = new KafkaConsumer<>(properties(client));
      consumer.subscribe(topics, new Assignments());
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BrokerException("cannot set up a Kafka consumer: " + cause.getMessage(), e);
    }
  }

  static Map<String, Object> properties(Map<String, Object> client) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, "qoa-engine");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4000);
    properties.putAll(client);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  private final class Assignments implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.info("reads {}", consumer.assignment());
      if (paused) {
        consumer.pause(partitions);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      LOG.info("gives up {}", partitions);
    }
  }

  @Override
  public List<RawReport> poll(long timeoutMillis) {
    ConsumerRecords<byte[], byte[]> records;
    try {
      records = consumer.poll(Duration.ofMillis(timeoutMillis));
    } catch (KafkaException e) {
      throw new BrokerException("cannot read reports: " + e.getMessage(), e);
    }
    List<RawReport> messages = new ArrayList<>(records.count());
    for (TopicPartition partition : records.partitions()) {
      Source source = sources.computeIfAbsent(partition, p -> new Source(p.topic(), p.partition()));
      for (ConsumerRecord<byte[], byte[]> message : records.records(partition)) {
        messages.add(
            new RawReport(
                source,
                message.offset(),
                message.timestamp(),
                message.key(),
                message.value(),
                headers(message.headers())));
      }
    }
    return messages;
  }

  private static List<RawReport.Header> headers(Headers headers) {
    List<RawReport.Header> list = List.of();
    for (var header : headers) {
      if (list.isEmpty()) {
        list = new ArrayList<>();
      }
      list.add(new RawReport.Header(header.key(), header.value()));
    }
    return list;
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
    return consumer.assignment().isEmpty()
        ? Optional.of("no partition of " + topics + " was given to this engine yet")
        : Optional.empty();
  }

  @Override
  public boolean isExhausted() {
    return false;
  }

  @Override
  public Map<Source, Long> lag() {
    Map<Source, Long> lag = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      OptionalLong records = consumer.currentLag(partition);
      if (records.isPresent()) {
        lag.put(new Source(partition.topic(), partition.partition()), records.getAsLong());
      }
    }
    return lag;
  }

  @Override
  public ConsumerGroupMetadata groupMetadata() {
    return consumer.groupMetadata();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
