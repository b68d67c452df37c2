package qoa.kafka;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/**
 * The membership of this engine in its consumer group. A transaction that commits offsets sends it
 * to the broker, which refuses a member that is no longer in the group.
 */
@FunctionalInterface
public interface GroupMembership {

  /** The current membership. Called by the thread that polls the consumer. */
  ConsumerGroupMetadata groupMetadata();
}
