package qoa.kafka;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/**
 * This engine's place in its consumer group. Whoever reads from Kafka has one; whoever commits
 * offsets in a transaction shows it to the broker, which refuses a member that the group has moved
 * on without.
 */
@FunctionalInterface
public interface GroupMembership {

  /** The membership as it is now. Called by the thread that polls the consumer. */
  ConsumerGroupMetadata groupMetadata();
}
