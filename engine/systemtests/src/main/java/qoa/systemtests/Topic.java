package qoa.systemtests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import qoa.testing.Await;

/** What subscribers find in a topic. */
public final class Topic {

  private static final long LIMIT_NANOS = Await.LONG.toNanos();

  private Topic() {}

  /**
   * All committed messages of all partitions, each partition's in order. A commit returns before
   * the broker has told the partitions of it, so this waits until no transaction is open in them.
   */
  public static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, String topic) {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (var all = consumer(bootstrapServers, "read_uncommitted");
        var committed = consumer(bootstrapServers, "read_committed")) {
      List<TopicPartition> partitions =
          all.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      Map<TopicPartition, Long> ends = all.endOffsets(partitions);
      while (!committed.endOffsets(partitions).equals(ends)) {
        pass(deadline, "transactions are open in " + topic);
        ends = all.endOffsets(partitions);
      }
      committed.assign(partitions);
      committed.seekToBeginning(partitions);
      for (TopicPartition partition : partitions) {
        while (committed.position(partition) < ends.get(partition)) {
          committed.poll(Duration.ofMillis(100)).forEach(messages::add);
          pass(deadline, topic + " cannot be read to its end");
        }
      }
    }
    return messages;
  }

  private static void pass(long deadline, String problem) {
    if (System.nanoTime() >= deadline) {
      throw new AssertionError(problem);
    }
    Thread.onSpinWait();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String servers, String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            servers,
            "isolation.level",
            isolation,
            // Else a partition waits half a second for the fetch of one that has no more.
            "fetch.max.wait.ms",
            10,
            "max.partition.fetch.bytes",
            64 * 1024 * 1024),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
