package qoa.engine.emit;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import qoa.engine.kafka.BrokerException;
import qoa.engine.kafka.GroupMembership;
import qoa.engine.kafka.Topics;
import qoa.engine.model.DeadLetter;
import qoa.engine.model.Source;

/**
 * Sends events and dead letters to Kafka. All of them since the last commit, and the offsets given
 * with it, are one transaction. Called by the pipeline's one thread, which waits here when Kafka
 * falls behind: while the producer's buffer is full, and in {@link #commit}.
 *
 * <p>Any failure is a {@link BrokerException}; the transaction is then aborted, and the sink is
 * good for nothing but {@link #close}. Whoever starts over reads from the committed offsets and
 * sends the same events.
 */
public final class KafkaSink implements Sink {

  /** The largest message that can be a dead letter, in bytes; the broker may allow less. */
  public static final int MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

  private static final int BATCH_OVERHEAD_BYTES = 64 * 1024;

  /**
   * Where to send.
   *
   * @param client Kafka client properties, {@code bootstrap.servers} among them; they win over what
   *     this class sets for speed
   * @param transactionalId what a restart of this engine has in common with it, and no other engine
   *     has: the broker shuts out the earlier one
   * @param events the topic of events
   * @param deadLetters the topic of dead letters
   * @param source what events name as their {@code ce_source}
   */
  public record Settings(
      Map<String, String> client,
      String transactionalId,
      String events,
      String deadLetters,
      URI source) {

    public Settings {
      client = Map.copyOf(client);
    }

    /** Without the client properties: they hold secrets. */
    @Override
    public String toString() {
      return "Settings[" + transactionalId + ": " + events + ", " + deadLetters + "]";
    }
  }

  private final Settings settings;
  private final GroupMembership membership;
  private final KafkaProducer<byte[], byte[]> producer;
  private boolean inTransaction;
  private boolean broken;

  /**
   * Creates the topics that are missing, connects, and shuts out an earlier sink of the same
   * transactional id; what that one left open is aborted.
   *
   * @param membership whose offsets are committed
   * @throws BrokerException where that cannot be done
   */
  public KafkaSink(Settings settings, GroupMembership membership) {
    this.settings = settings;
    this.membership = membership;
    try (Topics topics = new Topics(settings.client())) {
      topics.ensure(settings.events(), Map.of());
      int largest = MAX_MESSAGE_BYTES + BATCH_OVERHEAD_BYTES;
      topics.ensure(settings.deadLetters(), Map.of("max.message.bytes", String.valueOf(largest)));
    }
    producer = connect(settings);
  }

  private static KafkaProducer<byte[], byte[]> connect(Settings settings) {
    KafkaProducer<byte[], byte[]> producer = null;
    try {
      producer = new KafkaProducer<>(properties(settings));
      producer.initTransactions();
      return producer;
    } catch (KafkaException e) {
      if (producer != null) {
        producer.close(Duration.ZERO);
      }
      throw failure("cannot start transactions as " + settings.transactionalId(), e);
    }
  }

  private static Map<String, Object> properties(Settings settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // A small transaction takes 12 ms with it, 70 ms without (DESIGN section 8).
    properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_MESSAGE_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * MAX_MESSAGE_BYTES);
    properties.putAll(settings.client());
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  @Override
  public void event(Event event) {
    send(KafkaRecords.event(settings.events(), settings.source(), event));
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    send(KafkaRecords.deadLetter(settings.deadLetters(), letter));
  }

  /** Failures of the broker to take a record surface at the commit. */
  private void send(ProducerRecord<byte[], byte[]> message) {
    run(
        "cannot send to topic " + message.topic(),
        () -> {
          begin();
          var unused = producer.send(message); // a send that fails, fails the commit
        });
  }

  @Override
  public void commit(Map<Source, Long> offsets) {
    if (!inTransaction && offsets.isEmpty()) {
      return;
    }
    run(
        "cannot commit",
        () -> {
          begin();
          if (!offsets.isEmpty()) {
            producer.sendOffsetsToTransaction(positions(offsets), membership.groupMetadata());
          }
          producer.commitTransaction();
          inTransaction = false;
        });
  }

  private static Map<TopicPartition, OffsetAndMetadata> positions(Map<Source, Long> offsets) {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    offsets.forEach(
        (source, offset) ->
            positions.put(
                new TopicPartition(source.topic(), source.partition()),
                new OffsetAndMetadata(offset)));
    return positions;
  }

  private void begin() {
    if (!inTransaction) {
      producer.beginTransaction();
      inTransaction = true;
    }
  }

  private void run(String problem, Runnable step) {
    if (broken) {
      throw new IllegalStateException("this sink has failed before; close it");
    }
    try {
      step.run();
    } catch (KafkaException e) {
      broken = true;
      abort(e);
      throw failure(problem, e);
    }
  }

  /** A producer that was shut out cannot abort, and need not: the broker has done it. */
  private void abort(KafkaException reason) {
    if (inTransaction) {
      try {
        producer.abortTransaction();
      } catch (KafkaException e) {
        reason.addSuppressed(e);
      }
      inTransaction = false;
    }
  }

  private static BrokerException failure(String problem, KafkaException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new BrokerException(problem + ": " + cause.getMessage(), e);
  }

  /** Aborts what was not committed; waits for that up to 5 s. */
  @Override
  public void close() {
    producer.close(broken ? Duration.ZERO : Duration.ofSeconds(5));
  }
}
