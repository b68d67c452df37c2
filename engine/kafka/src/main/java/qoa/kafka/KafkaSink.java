package qoa.kafka;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.Status;
import qoa.core.model.DeadLetter;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.ReadPosition;
import qoa.core.model.StateKey;
import qoa.core.sink.Sink;

/**
 * Sends events, statuses, dead letters and re-keyed reports to Kafka. All of them since the last
 * commit, and the positions given with it, are one transaction, which begins and ends within {@link
 * #commit}: so none is ever left open while an evaluator is waited for. Called by the engine's one
 * thread, which waits in commit where Kafka falls behind; what waits for a commit is bounded by
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
   * @param topics by their names
   * @param limits what these topics take; told of what they refuse
   * @param homes how many partitions re-keyed reports go to
   * @param source what events name as their {@code ce_source}
   */
  public record Settings(
      Map<String, String> client,
      String transactionalId,
      TopicsConfig topics,
      RecordLimits limits,
      int homes,
      URI source) {

    public Settings {
      client = Map.copyOf(client);
    }

    /** Without the client properties: they hold secrets. */
    @Override
    public String toString() {
      return "Settings[" + transactionalId + ": " + topics + "]";
    }
  }

  private final Settings settings;
  private final TopicsConfig topics;
  private final RecordLimits limits;
  private final GroupMembership membership;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<ProducerRecord<byte[], byte[]>> outbox = new ArrayList<>();
  private final Map<String, Status> statuses = new LinkedHashMap<>();
  private final Callback sent = (place, e) -> noteRefusal(place, e);
  private final Map<StateKey, String> states = new LinkedHashMap<>();
  private long outboxBytes;
  private boolean inTransaction;
  private boolean broken;

  /** A topic that refused a record for its size. Set by the producer's own thread. */
  private volatile String refusing;

  /**
   * Connects, and shuts out an earlier sink of the same transactional id; what that one left open
   * is aborted.
   *
   * @param membership whose positions are committed
   * @throws BrokerException where that cannot be done
   */
  public KafkaSink(Settings settings, GroupMembership membership) {
    this.settings = settings;
    this.topics = settings.topics();
    this.limits = settings.limits();
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
      throw failure(settings, "cannot start transactions as " + settings.transactionalId(), e);
    }
  }

  private static Map<String, Object> properties(Settings settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // A small transaction takes 12 ms with this setting, and 70 ms with Kafka's default.
    properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_MESSAGE_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * MAX_MESSAGE_BYTES);
    // What an engine leaves open when it is killed hides later messages until then.
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
    properties.putAll(settings.client());
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  @Override
  public void event(Event event) {
    put(KafkaRecords.event(topics.violations(), settings.source(), event));
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    put(DeadLetterRecord.of(topics.deadLetters(), letter, limits));
  }

  @Override
  public void status(String key, Status status) {
    statuses.put(key, status);
  }

  @Override
  public void state(StateKey key, String state) {
    states.put(key, state);
  }

  @Override
  public Optional<String> forward(RawReport report, String application) {
    ProducerRecord<byte[], byte[]> copy =
        KafkaRecords.forwarded(topics.byApplication(), home(application), report, application);
    if (limits.takes(copy)) {
      put(copy);
      return Optional.empty();
    }
    return Optional.of(
        "re-keyed, it has up to %d bytes, but topic %s takes %d; raise its max.message.bytes"
            .formatted(RecordLimits.sizeOf(copy), copy.topic(), limits.of(copy.topic())));
  }

  @Override
  public void handOver(String application, Partition from, String state) {
    put(KafkaRecords.handover(topics.byApplication(), home(application), application, from, state));
  }

  private int home(String application) {
    return KafkaRecords.partition(application, settings.homes());
  }

  @Override
  public void mark(Map<Partition, Boolean> caughtUp) {
    run(
        "cannot look for topic " + topics.byApplication(),
        () ->
            producer
                .partitionsFor(topics.byApplication())
                .forEach(
                    partition ->
                        put(
                            KafkaRecords.mark(
                                topics.byApplication(), partition.partition(), caughtUp))));
  }

  private void put(ProducerRecord<byte[], byte[]> message) {
    outbox.add(message);
    outboxBytes += RECORD_BYTES + (message.value() == null ? 0 : message.value().length);
  }

  @Override
  public boolean isEmpty() {
    return outbox.isEmpty() && statuses.isEmpty() && states.isEmpty();
  }

  @Override
  public boolean isFull() {
    return outboxBytes >= FULL_BYTES;
  }

  @Override
  public void discard() {
    outbox.clear();
    statuses.clear();
    states.clear();
    outboxBytes = 0;
  }

  @Override
  public void commit(Map<Partition, ReadPosition> positions) {
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

  private void send() {
    outbox.forEach(this::send);
    statuses.forEach((key, status) -> send(KafkaRecords.status(topics.status(), key, status)));
    states.forEach((key, state) -> send(KafkaRecords.state(topics.state(), key, state)));
  }

  /** A send that fails, fails the commit. */
  private void send(ProducerRecord<byte[], byte[]> message) {
    var unused = producer.send(message, sent);
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(
      Map<Partition, ReadPosition> positions) {
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
      throw refusing == null ? failure(settings, problem, e) : tooLarge(refusing, e);
    }
  }

  private void noteRefusal(RecordMetadata place, Exception e) {
    if (e instanceof RecordTooLargeException && place != null) {
      refusing = place.topic();
    }
  }

  /**
   * A topic refused what it should take: it takes less than it did when that was looked up. The
   * next sink knows. Where it was known before, trying again would not help.
   */
  private BrokerException tooLarge(String topic, KafkaException e) {
    int largest =
        Stream.concat(
                outbox.stream(),
                statuses.entrySet().stream()
                    .map(s -> KafkaRecords.status(topics.status(), s.getKey(), s.getValue())))
            .filter(message -> message.topic().equals(topic))
            .mapToInt(RecordLimits::sizeOf)
            .max()
            .orElse(0);
    String problem =
        "topic %s does not take a record of up to %d bytes: raise its max.message.bytes"
            .formatted(topic, largest);
    if (largest > limits.of(topic)) {
      return BrokerException.lasting(problem);
    }
    limits.refuse(topic, largest);
    return BrokerException.passing(problem, e);
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

  private static BrokerException failure(Settings settings, String problem, KafkaException e) {
    return BrokerException.of(problem, settings.client(), AclOperation.WRITE, e);
  }

  /** Gives up what was not committed; waits for the broker up to 5 s. */
  @Override
  public void close() {
    producer.close(broken ? Duration.ZERO : Duration.ofSeconds(5));
  }
}
