package qoa.engine.emit;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import qoa.engine.kafka.BrokerException;
import qoa.engine.kafka.GroupMembership;
import qoa.engine.model.DeadLetter;
import qoa.engine.model.RawReport;
import qoa.engine.model.ReadPosition;
import qoa.engine.model.Source;

/**
 * Sends events, statuses, dead letters and re-keyed reports to Kafka. All of them since the last
 * commit, and the positions given with it, are one transaction, which begins and ends within {@link
 * #commit}: so none is ever left open while an evaluator is waited for. Called by the pipeline's
 * one thread, which waits in commit where Kafka falls behind; what waits for a commit is bounded by
 * {@link #isFull}.
 *
 * <p>Any failure is a {@link BrokerException}; the transaction is then aborted, and the sink is
 * good for nothing but {@link #close}. Whoever starts over reads from the committed positions and
 * sends the same events.
 */
public final class KafkaSink implements Sink {

  /** The largest message that can be a dead letter, in bytes; the broker may allow less. */
  public static final int MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

  private static final long FULL_BYTES = 8L * 1024 * 1024;
  private static final int RECORD_BYTES = 200;
  private static final int TRANSACTION_TIMEOUT_MILLIS = 15_000;

  /**
   * Where to send. The topics exist.
   *
   * @param client Kafka client properties, {@code bootstrap.servers} among them; they win over what
   *     this class sets for speed
   * @param transactionalId what a restart of this engine has in common with it, and no other engine
   *     has: the broker shuts out the earlier one
   * @param events the topic of events
   * @param status the topic of statuses
   * @param deadLetters the topic of dead letters
   * @param byApplication the topic of re-keyed reports
   * @param source what events name as their {@code ce_source}
   */
  public record Settings(
      Map<String, String> client,
      String transactionalId,
      String events,
      String status,
      String deadLetters,
      String byApplication,
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
  private final List<ProducerRecord<byte[], byte[]>> outbox = new ArrayList<>();
  private final Map<String, Status> statuses = new LinkedHashMap<>();
  private long outboxBytes;
  private boolean inTransaction;
  private boolean broken;

  /**
   * Connects, and shuts out an earlier sink of the same transactional id; what that one left open
   * is aborted.
   *
   * @param membership whose positions are committed
   * @throws BrokerException where that cannot be done
   */
  public KafkaSink(Settings settings, GroupMembership membership) {
    this.settings = settings;
    this.membership = membership;
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
    // What an engine leaves open when it is killed hides later messages until then.
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
    properties.putAll(settings.client());
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  @Override
  public void event(Event event) {
    put(KafkaRecords.event(settings.events(), settings.source(), event));
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    put(KafkaRecords.deadLetter(settings.deadLetters(), letter));
  }

  @Override
  public void status(String key, Status status) {
    statuses.put(key, status);
  }

  @Override
  public void forward(RawReport report, String application) {
    put(KafkaRecords.forwarded(settings.byApplication(), report, application));
  }

  @Override
  public void mark(Map<Source, Boolean> caughtUp) {
    run(
        "cannot look for topic " + settings.byApplication(),
        () ->
            producer
                .partitionsFor(settings.byApplication())
                .forEach(
                    partition ->
                        put(
                            KafkaRecords.mark(
                                settings.byApplication(), partition.partition(), caughtUp))));
  }

  private void put(ProducerRecord<byte[], byte[]> message) {
    outbox.add(message);
    outboxBytes += RECORD_BYTES + (message.value() == null ? 0 : message.value().length);
  }

  @Override
  public boolean isEmpty() {
    return outbox.isEmpty() && statuses.isEmpty();
  }

  @Override
  public boolean isFull() {
    return outboxBytes >= FULL_BYTES;
  }

  @Override
  public void discard() {
    outbox.clear();
    statuses.clear();
    outboxBytes = 0;
  }

  @Override
  public void commit(Map<Source, ReadPosition> positions) {
    if (isEmpty() && positions.isEmpty()) {
      return;
    }
    run(
        "cannot commit",
        () -> {
          producer.beginTransaction();
          inTransaction = true;
          send();
          if (!positions.isEmpty()) {
            producer.sendOffsetsToTransaction(offsets(positions), membership.groupMetadata());
          }
          producer.commitTransaction();
          inTransaction = false;
        });
    discard();
  }

  /** A send that fails, fails the commit. */
  private void send() {
    for (ProducerRecord<byte[], byte[]> message : outbox) {
      var unused = producer.send(message);
    }
    statuses.forEach(
        (key, status) -> {
          var unused = producer.send(KafkaRecords.status(settings.status(), key, status));
        });
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(
      Map<Source, ReadPosition> positions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    positions.forEach(
        (source, position) ->
            offsets.put(
                new TopicPartition(source.topic(), source.partition()),
                new OffsetAndMetadata(position.offset(), position.metadata())));
    return offsets;
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

  /**
   * A producer that was shut out cannot abort, and need not: the broker has done it. Where the
   * broker does not answer, it would only be waited for again: the next sink of this name, or the
   * transaction's timeout, aborts for us.
   */
  private void abort(KafkaException reason) {
    if (inTransaction && !(reason instanceof TimeoutException)) {
      try {
        producer.abortTransaction();
      } catch (KafkaException e) {
        reason.addSuppressed(e);
      }
    }
    inTransaction = false;
  }

  private static BrokerException failure(String problem, KafkaException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new BrokerException(problem + ": " + cause.getMessage(), e);
  }

  /** Gives up what was not committed; waits for the broker up to 5 s. */
  @Override
  public void close() {
    producer.close(broken ? Duration.ZERO : Duration.ofSeconds(5));
  }
}
