package qoa.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import qoa.core.model.Partition;

/**
 * The lag of a consumer group, computed from its committed offsets. For engines without partitions,
 * which have no position of their own. For one thread. A call waits up to 5 s.
 */
public final class GroupLag implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 5_000;

  private final Map<String, Object> client;
  private final String group;
  private final List<String> topics;
  private final Admin admin;

  /**
   * Creates a client. It connects at the first call.
   *
   * @param client Kafka client properties
   * @throws BrokerException if they are not valid
   */
  public GroupLag(Map<String, Object> client, String group, List<String> topics) {
    this.client = new HashMap<>(client);
    this.client.put("default.api.timeout.ms", TIMEOUT_MILLIS);
    this.client.put("request.timeout.ms", TIMEOUT_MILLIS);
    this.group = group;
    this.topics = List.copyOf(topics);
    try {
      admin = Admin.create(this.client);
    } catch (KafkaException e) {
      throw BrokerException.of("cannot create a Kafka client", client, AclOperation.DESCRIBE, e);
    }
  }

  /**
   * The number of records of each partition from the committed offset on; all records if the group
   * has committed none. A topic that does not exist has no partitions.
   *
   * @throws BrokerException if a broker does not answer
   */
  public Map<Partition, Long> lag() throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> all = new HashMap<>();
      for (KafkaFuture<TopicDescription> topic :
          admin.describeTopics(topics).topicNameValues().values()) {
        partitions(topic).forEach(partition -> all.put(partition, OffsetSpec.latest()));
      }
      Map<TopicPartition, Long> ends = offsets(all);
      all.replaceAll((partition, end) -> OffsetSpec.earliest());
      Map<TopicPartition, Long> starts = offsets(all);
      committed()
          .forEach(
              (partition, offset) -> {
                if (offset != null) {
                  starts.computeIfPresent(
                      partition, (p, first) -> Math.max(first, offset.offset()));
                }
              });
      Map<Partition, Long> lag = new HashMap<>();
      ends.forEach(
          (partition, end) ->
              lag.put(
                  new Partition(partition.topic(), partition.partition()),
                  Math.max(0, end - starts.get(partition))));
      return lag;
    } catch (ExecutionException e) {
      throw BrokerException.of(
          "cannot look up the lag of group " + group, client, AclOperation.DESCRIBE, e.getCause());
    }
  }

  private static List<TopicPartition> partitions(Future<TopicDescription> topic)
      throws ExecutionException, InterruptedException {
    try {
      var found = topic.get();
      return found.partitions().stream()
          .map(partition -> new TopicPartition(found.name(), partition.partition()))
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return List.of();
      }
      throw e;
    }
  }

  private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, ListOffsetsResultInfo> answer =
        admin.listOffsets(which, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all().get();
    Map<TopicPartition, Long> offsets = new HashMap<>();
    answer.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  private Map<TopicPartition, OffsetAndMetadata> committed()
      throws ExecutionException, InterruptedException {
    try {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
