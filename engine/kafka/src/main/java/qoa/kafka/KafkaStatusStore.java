package qoa.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import qoa.core.engine.StatusStore;
import qoa.core.lifecycle.Status;
import qoa.core.lifecycle.StatusJson;
import qoa.core.model.Partition;

/** Keeps the compacted topic {@code qoa.status} in memory, as far as it was read. */
public final class KafkaStatusStore implements StatusStore {

  private final CompactedTopic<Status> topic;

  /**
   * @param client Kafka client properties
   * @param topic the topic of statuses
   */
  public KafkaStatusStore(Map<String, Object> client, String topic) {
    this.topic =
        new CompactedTopic<>(
            client,
            topic,
            (key, value) -> {
              Status status = StatusJson.read(value);
              return new CompactedTopic.Entry<>(status.partition(), status);
            });
  }

  @Override
  public List<Status> of(Set<Partition> partitions) {
    return List.copyOf(topic.of(partitions).values());
  }
}
