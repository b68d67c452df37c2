package qoa.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import qoa.core.engine.StateStore;
import qoa.core.model.Partition;
import qoa.core.model.StateKey;

/** Keeps the compacted topic {@code qoa.state} in memory, as far as it was read. */
public final class KafkaStateStore implements StateStore {

  private final CompactedTopic<String> topic;

  /**
   * @param client Kafka client properties
   * @param topic the topic of states
   */
  public KafkaStateStore(Map<String, Object> client, String topic) {
    this.topic =
        new CompactedTopic<>(
            client,
            topic,
            (key, value) ->
                new CompactedTopic.Entry<>(
                    StateKey.parse(key).partition(), new String(value, StandardCharsets.UTF_8)));
  }

  @Override
  public Map<StateKey, String> of(Set<Partition> partitions) {
    Map<StateKey, String> states = new HashMap<>();
    topic.of(partitions).forEach((key, state) -> states.put(StateKey.parse(key), state));
    return states;
  }
}
