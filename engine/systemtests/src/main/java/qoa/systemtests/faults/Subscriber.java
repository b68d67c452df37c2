package qoa.systemtests.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import qoa.systemtests.faults.check.Stored;

/** Reads all committed messages of a topic, from its beginning. Used by one thread. */
final class Subscriber implements AutoCloseable {

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();

  /**
   * @param topic need not exist yet
   */
  Subscriber(String bootstrapServers, String topic) {
    this.topic = topic;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Polls, and waits up to the given time. Returns the number of all messages so far. */
  int poll(Duration patience) throws InterruptedException {
    if (consumer.assignment().isEmpty() && !assign()) {
      Thread.sleep(patience.toMillis());
      return 0;
    }
    consumer.poll(patience).forEach(messages::add);
    return messages.size();
  }

  /** Assigns all partitions. False if the topic does not exist yet: engines create it. */
  private boolean assign() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return !partitions.isEmpty();
  }

  /** All messages so far. */
  List<Stored> messages() {
    return Stored.of(messages);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
