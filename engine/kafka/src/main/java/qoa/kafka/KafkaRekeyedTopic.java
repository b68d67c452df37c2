package qoa.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.sink.RekeyedTopic;

/**
 * Makes the records of the topic of re-keyed reports; a {@link KafkaSink} sends them.
 *
 * @param name the name of the topic
 * @param partitions how many of its partitions applications are spread over
 * @param limits the record sizes that topics take
 * @param outbox takes the records
 * @param existing looks up all partitions that the topic has now
 */
record KafkaRekeyedTopic(
    String name,
    int partitions,
    RecordLimits limits,
    Consumer<ProducerRecord<byte[], byte[]>> outbox,
    Supplier<List<PartitionInfo>> existing)
    implements RekeyedTopic {

  @Override
  public Optional<String> forward(RawReport report, String application) {
    ProducerRecord<byte[], byte[]> copy =
        KafkaRecords.forwarded(name, partition(application), report, application);
    if (limits.takes(copy)) {
      outbox.accept(copy);
      return Optional.empty();
    }
    return Optional.of(
        "re-keyed, it has up to %d bytes, but topic %s takes %d; raise its max.message.bytes"
            .formatted(RecordLimits.sizeOf(copy), name, limits.of(name)));
  }

  @Override
  public void handOver(String application, Partition from, String state) {
    outbox.accept(KafkaRecords.handover(name, partition(application), application, from, state));
  }

  private int partition(String application) {
    return KafkaRecords.partition(application, partitions);
  }

  @Override
  public void mark(Map<Partition, Boolean> caughtUp) {
    for (PartitionInfo partition : existing.get()) {
      outbox.accept(KafkaRecords.mark(name, partition.partition(), caughtUp));
    }
  }
}
