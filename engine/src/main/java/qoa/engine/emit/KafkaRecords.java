package qoa.engine.emit;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import qoa.engine.model.DeadLetter;
import qoa.engine.model.RawReport;

/**
 * What the sink sends, as Kafka records. They carry no timestamp: the producer's clock sets it, for
 * retention looks at it, and event times may be old.
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
    byte[] key = bytes(event.contract().id());
    return KafkaMessageFactory.createWriter(topic, null, key).writeBinary(cloudEvent);
  }

  /** A dead letter: key, value and headers as they came, and why it is one in further headers. */
  static ProducerRecord<byte[], byte[]> deadLetter(String topic, DeadLetter letter) {
    RawReport raw = letter.raw();
    ProducerRecord<byte[], byte[]> letterRecord =
        new ProducerRecord<>(topic, raw.key(), raw.value());
    Headers headers = letterRecord.headers();
    raw.headers().forEach(header -> headers.add(header.name(), header.value()));
    headers
        .add("qoa.reason", bytes(letter.reason().label()))
        .add("qoa.detail", bytes(letter.detail()))
        .add("qoa.topic", bytes(raw.source().topic()))
        .add("qoa.partition", bytes(String.valueOf(raw.source().partition())))
        .add("qoa.offset", bytes(String.valueOf(raw.offset())))
        .add("qoa.timestamp", bytes(String.valueOf(raw.timestamp())));
    return letterRecord;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
