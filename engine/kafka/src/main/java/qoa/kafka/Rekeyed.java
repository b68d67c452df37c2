package qoa.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import qoa.core.model.DeadLetter;
import qoa.core.model.Handover;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;
import qoa.core.model.PartitionMark;
import qoa.core.model.RawReport;

/**
 * Reads messages of the topic of re-keyed reports. A report is the same as in its source partition.
 * Not safe for several threads.
 *
 * <p>Only engines should write to that topic. Anything else there is a dead letter at its position
 * there; it never ends the engine.
 */
final class Rekeyed {

  /** How many source partitions are kept at once; beyond that they are forgotten. */
  private static final int MAX_PARTITIONS = 10_000;

  private final Map<Partition, Partition> known = new HashMap<>();

  /**
   * Reads a message.
   *
   * @param partition the partition that it was read from
   * @return a report with the topic, partition, offset and time of its source partition; a progress
   *     mark; a handover; or a dead letter at its position in {@code partition}
   */
  Incoming read(Partition partition, ConsumerRecord<byte[], byte[]> message) {
    try {
      if (RekeyedHeaders.isReport(message.headers())) {
        return report(partition, message);
      }
      return RekeyedHeaders.isHandover(message.headers())
          ? handover(partition, message)
          : mark(partition, message);
    } catch (IllegalArgumentException e) {
      return new DeadLetter(
          new RawReport(
              partition,
              message.offset(),
              message.timestamp(),
              message.key(),
              message.value(),
              EngineHeaders.ofSender(message.headers())),
          DeadLetter.Reason.NOT_REKEYED,
          "only engines write to topic %s, and none wrote this message: %s"
              .formatted(partition.topic(), e.getMessage()));
    }
  }

  private RawReport report(Partition partition, ConsumerRecord<byte[], byte[]> message) {
    Headers headers = message.headers();
    return new RawReport(
        source(RekeyedHeaders.topic(headers), RekeyedHeaders.partition(headers)),
        RekeyedHeaders.offset(headers),
        RekeyedHeaders.timestamp(headers),
        message.key(),
        message.value(),
        EngineHeaders.ofSender(headers),
        partition,
        message.offset(),
        RekeyedHeaders.isJudged(headers));
  }

  private static Handover handover(Partition partition, ConsumerRecord<byte[], byte[]> message) {
    if (message.key() == null || message.value() == null) {
      throw new IllegalArgumentException(
          "it has a header " + RekeyedHeaders.HANDOVER + " but no key or no value");
    }
    return new Handover(
        partition,
        message.offset(),
        new String(message.key(), StandardCharsets.UTF_8),
        RekeyedHeaders.readHandover(message.headers()),
        new String(message.value(), StandardCharsets.UTF_8));
  }

  private static PartitionMark mark(Partition partition, ConsumerRecord<byte[], byte[]> message) {
    if (message.headers().lastHeader(RekeyedHeaders.MARK) == null) {
      throw new IllegalArgumentException("it has no header " + RekeyedHeaders.TOPIC);
    }
    if (message.value() == null || message.value().length > 0) {
      throw new IllegalArgumentException(
          "it has a header " + RekeyedHeaders.MARK + " but a value that is not empty");
    }
    return new PartitionMark(
        partition, message.offset(), RekeyedHeaders.readMark(message.headers()));
  }

  /** One object for all messages of a source partition. */
  private Partition source(String topic, int partition) {
    if (known.size() >= MAX_PARTITIONS) {
      known.clear();
    }
    Partition source = new Partition(topic, partition);
    Partition before = known.putIfAbsent(source, source);
    return before == null ? source : before;
  }
}
