package qoa.systemtests.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends messages. Its producer is idempotent and does not give up, so that each message is in the
 * topic once, even if the broker fails. Used by one thread at a time.
 */
final class Outbox implements AutoCloseable {

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long sent;

  Outbox(String bootstrapServers, String topic) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                5,
                "metadata.max.age.ms",
                1_000,
                "delivery.timeout.ms",
                600_000,
                "max.block.ms",
                600_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Sends a message.
   *
   * @param timestamp the timestamp of its record, in milliseconds since the epoch
   * @param key null for none
   * @param value null for none
   */
  void send(int partition, long timestamp, String key, String value, Map<String, String> headers) {
    sent++;
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, partition, timestamp, bytes(key), bytes(value));
    headers.forEach((name, text) -> message.headers().add(name, bytes(text)));
    var unused =
        producer.send(
            message,
            (metadata, problem) -> {
              if (problem == null) {
                acknowledged.incrementAndGet();
              } else {
                failure.compareAndSet(null, problem);
              }
            });
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** The number of messages sent so far. */
  long sent() {
    return sent;
  }

  /** Waits until the broker has acknowledged all messages. */
  void flush() throws Exception {
    producer.flush();
    if (failure.get() != null) {
      throw failure.get();
    }
    if (acknowledged.get() != sent) {
      throw new IllegalStateException(acknowledged + " of " + sent + " messages acknowledged");
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
