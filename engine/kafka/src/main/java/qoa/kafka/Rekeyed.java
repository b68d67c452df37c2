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
 * Reads messages of the topic of re-keyed reports: they are what they were where they came from.
 * Not safe for several threads.
 *
 * <p>Only engines should write to that topic. Anything else there is a dead letter at its place
 * there; it never ends the engine.
 */
final class Rekeyed {

  /** So many sources are kept at once; more than that are read anew. */
  private static final int MAX_SOURCES = 10_000;

  private final Map<Partition, Partition> sources = new HashMap<>();

  /**
   * What a message says.
   *
   * @param home the partition it was read from
   * @return a report under its original topic, partition, offset and time; a mark; an application
   *     that is handed over; or a dead letter at its place in {@code home}, where it is neither
   */
  Incoming read(Partition home, ConsumerRecord<byte[], byte[]> message) {
    try {
      if (RekeyedHeaders.isReport(message.headers())) {
        return report(home, message);
      }
      return RekeyedHeaders.isHandover(message.headers())
          ? handover(home, message)
          : mark(home, message);
    } catch (IllegalArgumentException e) {
      return new DeadLetter(
          new RawReport(
              home,
              message.offset(),
              message.timestamp(),
              message.key(),
              message.value(),
              EngineHeaders.ofSender(message.headers())),
          DeadLetter.Reason.NOT_REKEYED,
          "only engines write to topic %s, and none wrote this message: %s"
              .formatted(home.topic(), e.getMessage()));
    }
  }

  private RawReport report(Partition home, ConsumerRecord<byte[], byte[]> message) {
    Headers headers = message.headers();
    return new RawReport(
        source(RekeyedHeaders.topic(headers), RekeyedHeaders.partition(headers)),
        RekeyedHeaders.offset(headers),
        RekeyedHeaders.timestamp(headers),
        message.key(),
        message.value(),
        EngineHeaders.ofSender(headers),
        home,
        message.offset(),
        RekeyedHeaders.isJudged(headers));
  }

  private static Handover handover(Partition home, ConsumerRecord<byte[], byte[]> message) {
    if (message.key() == null || message.value() == null) {
      throw new IllegalArgumentException(
          "it has a header " + RekeyedHeaders.HANDOVER + " but no key or no value");
    }
    return new Handover(
        home,
        message.offset(),
        new String(message.key(), StandardCharsets.UTF_8),
        RekeyedHeaders.readHandover(message.headers()),
        new String(message.value(), StandardCharsets.UTF_8));
  }

  private static PartitionMark mark(Partition home, ConsumerRecord<byte[], byte[]> message) {
    if (message.headers().lastHeader(RekeyedHeaders.MARK) == null) {
      throw new IllegalArgumentException("it has no header " + RekeyedHeaders.TOPIC);
    }
    if (message.value() == null || message.value().length > 0) {
      throw new IllegalArgumentException(
          "it has a header " + RekeyedHeaders.MARK + " but a value that is not empty");
    }
    return new PartitionMark(home, message.offset(), RekeyedHeaders.readMark(message.headers()));
  }

  /** One object for all messages of a source. */
  private Partition source(String topic, int partition) {
    if (sources.size() >= MAX_SOURCES) {
      sources.clear();
    }
    Partition source = new Partition(topic, partition);
    Partition known = sources.putIfAbsent(source, source);
    return known == null ? source : known;
  }
}
