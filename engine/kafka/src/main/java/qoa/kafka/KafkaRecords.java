package qoa.kafka;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.EventJson;
import qoa.core.lifecycle.Status;
import qoa.core.lifecycle.StatusJson;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.StateKey;

/**
 * The records that the sink sends. They carry no timestamp: the producer's clock sets it, because
 * retention depends on it, and event times may be old.
 */
final class KafkaRecords {

  private KafkaRecords() {}

  /** An event as a CloudEvent in Kafka's binary mode; the key is the contract's id. */
  static ProducerRecord<byte[], byte[]> event(String topic, URI source, Event event) {
    CloudEvent cloudEvent =
        CloudEventBuilder.v1()
            .withId(event.id())
            .withSource(source)
            .withType(event.type().label())
            .withSubject(event.subject())
            .withTime(Instant.ofEpochMilli(event.time()).atOffset(ZoneOffset.UTC))
            .withData("application/json", EventJson.value(event))
            .build();
    byte[] key = bytes(event.evaluation().contract().id());
    return KafkaMessageFactory.createWriter(topic, null, key).writeBinary(cloudEvent);
  }

  /** A re-keyed report: value and headers unchanged, and its position in further headers. */
  static ProducerRecord<byte[], byte[]> forwarded(
      String topic, int partition, RawReport raw, String application) {
    ProducerRecord<byte[], byte[]> forwarded =
        new ProducerRecord<>(topic, partition, bytes(application), raw.value());
    Headers headers = forwarded.headers();
    raw.headers().forEach(header -> headers.add(header.name(), header.value()));
    addOrigin(headers, raw);
    if (raw.isJudged()) {
      headers.add(RekeyedHeaders.JUDGED, new byte[0]);
    }
    return forwarded;
  }

  /** The state of an application, for the partition in which it is judged from now on. */
  static ProducerRecord<byte[], byte[]> handover(
      String topic, int partition, String application, Partition from, String state) {
    ProducerRecord<byte[], byte[]> handover =
        new ProducerRecord<>(topic, partition, bytes(application), bytes(state));
    handover.headers().add(RekeyedHeaders.HANDOVER, bytes(RekeyedHeaders.handover(from)));
    return handover;
  }

  /** The partition of an application; the same however many the topic has grown to since. */
  static int partition(String application, int partitions) {
    return Utils.toPositive(Utils.murmur2(bytes(application))) % partitions;
  }

  /** Adds the source partition of a message, with its offset and time there. */
  static void addOrigin(Headers headers, RawReport raw) {
    headers
        .add(RekeyedHeaders.TOPIC, bytes(raw.sourcePartition().topic()))
        .add(RekeyedHeaders.PARTITION, bytes(String.valueOf(raw.sourcePartition().partition())))
        .add(RekeyedHeaders.OFFSET, bytes(String.valueOf(raw.sourceOffset())))
        .add(RekeyedHeaders.TIMESTAMP, bytes(String.valueOf(raw.timestamp())));
  }

  /** A progress mark, for one partition of re-keyed reports. */
  static ProducerRecord<byte[], byte[]> mark(
      String topic, int partition, Map<Partition, Boolean> caughtUp) {
    ProducerRecord<byte[], byte[]> mark = new ProducerRecord<>(topic, partition, null, new byte[0]);
    mark.headers().add(RekeyedHeaders.MARK, bytes(RekeyedHeaders.mark(caughtUp)));
    return mark;
  }

  /** The current verdict of a promise; a tombstone where it is no longer watched. */
  static ProducerRecord<byte[], byte[]> status(String topic, String key, Status status) {
    return new ProducerRecord<>(
        topic, bytes(key), status == null ? null : StatusJson.write(status));
  }

  /** The state of an application or a partition; a tombstone where it is deleted. */
  static ProducerRecord<byte[], byte[]> state(String topic, StateKey key, String state) {
    return new ProducerRecord<>(topic, bytes(key.text()), state == null ? null : bytes(state));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
