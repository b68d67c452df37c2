package qoa.kafka;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import qoa.core.lifecycle.Changes;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.Status;
import qoa.core.model.DeadLetter;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;
import qoa.core.model.StateKey;
import qoa.core.sink.Decision;
import qoa.core.sink.LiveSink;
import qoa.core.sink.Progress;
import qoa.core.sink.RekeyedTopic;

/**
 * Sends events, statuses, states, dead letters and re-keyed reports to Kafka. All that it took
 * since the last commit is one transaction with the committed positions. The transaction begins and
 * ends within {@link #commit}, so none is open while an evaluator is waited for. Called by the
 * engine's one thread, which waits in commit where Kafka falls behind; what waits for a commit is
 * bounded by {@link #isFull}.
 *
 * <p>Any failure is a {@link BrokerException}; the transaction is then aborted, and the sink can
 * only be closed. The next sink starts from the committed positions and is given the same events.
 */
public final class KafkaSink implements LiveSink {

  /** The largest message that can be a dead letter, in bytes; the broker may allow less. */
  public static final int MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

  private static final long FULL_BYTES = 8L * 1024 * 1024;
  private static final int RECORD_BYTES = 200;
  private static final int TRANSACTION_TIMEOUT_MILLIS = 15_000;

  /**
   * Where to send. The topics exist.
   *
   * @param client Kafka client properties, with {@code bootstrap.servers}; they override what this
   *     class sets for speed
   * @param transactionalId the same after a restart of this engine, and different for each engine:
   *     the broker fences an earlier producer of the same id
   * @param topics the names of the topics
   * @param limits the record sizes that these topics take; told of refused records
   * @param source the {@code ce_source} of events
   */
  public record Settings(
      Map<String, String> client,
      String transactionalId,
      TopicsConfig topics,
      RecordLimits limits,
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
   * Connects, and fences an earlier sink of the same transactional id; a transaction that it left
   * open is aborted.
   *
   * @param membership the group member whose positions are committed
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
    // A transaction that a killed engine leaves open hides later messages until it times out.
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
    properties.putAll(settings.client());
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  /**
   * The topic of re-keyed reports; what it takes is committed with this sink.
   *
   * @param partitions how many of its partitions applications are spread over
   */
  public RekeyedTopic rekeyedTopic(int partitions) {
    return new KafkaRekeyedTopic(
        topics.byApplication(), partitions, limits, this::put, this::allRekeyedPartitions);
  }

  private List<PartitionInfo> allRekeyedPartitions() {
    List<PartitionInfo> partitions = new ArrayList<>();
    run(
        "cannot look for topic " + topics.byApplication(),
        () -> partitions.addAll(producer.partitionsFor(topics.byApplication())));
    return partitions;
  }

  @Override
  public void decision(Decision decision) {
    changes(decision.changes());
  }

  @Override
  public void changes(Changes changes) {
    for (Event event : changes.events()) {
      put(KafkaRecords.event(topics.violations(), settings.source(), event));
    }
    statuses.putAll(changes.statuses());
  }

  @Override
  public void deadLetter(DeadLetter deadLetter) {
    put(DeadLetterRecord.of(topics.deadLetters(), deadLetter, limits));
  }

  /**
   * Takes a state that is no engine's, to be committed with the results; the last one given for a
   * key counts.
   */
  public void state(StateKey key, String state) {
    states.put(key, state);
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
  public void commit(Progress progress) {
    states.putAll(progress.states());
    Map<Partition, ReadPosition> positions = progress.positions();
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
        (partition, position) ->
            offsets.put(
                new TopicPartition(partition.topic(), partition.partition()),
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
   * A topic refused a record that it should take, because its limit was lowered meanwhile. The next
   * sink knows. If the limit was known before, trying again does not help.
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
   * A fenced producer cannot abort, and need not: the broker has done it. A broker that did not
   * answer is not asked again: the next sink of this id, or the transaction's timeout, aborts.
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

  /** Drops what was not committed; waits for the broker up to 5 s. */
  @Override
  public void close() {
    producer.close(broken ? Duration.ZERO : Duration.ofSeconds(5));
  }
}
