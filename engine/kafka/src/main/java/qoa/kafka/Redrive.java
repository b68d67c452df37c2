package qoa.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import qoa.core.model.Position;
import qoa.core.model.RawReport.Header;

/**
 * Sends dead letters back to their original topics, each exactly once, even if redrives are killed.
 *
 * <p>Each batch is one Kafka transaction. It contains the messages and, for each of them, a mark in
 * the topic of {@link RedrivenMarks}. All redrives of a dead-letter topic have the same
 * transactional id: a new redrive fences an earlier one, and the broker aborts the open
 * transaction. Only then does the new redrive read the marks, so it knows everything that was ever
 * sent. For one thread.
 */
public final class Redrive {

  private static final Set<AclOperation> MARKS_RIGHTS =
      EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
  private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

  private final KafkaConfig kafka;
  private final DeadLetterTopic deadLetters;
  private final String to;
  private final Map<String, Boolean> known = new HashMap<>();

  /**
   * The result for one dead letter.
   *
   * @param topic the topic that it is sent to; null if it cannot be sent
   * @param problem why it cannot be sent; null if it can
   */
  public record Dispatch(StoredDeadLetter deadLetter, String topic, String problem) {}

  /**
   * @param deadLetters the dead letters; the caller closes it
   * @param to the topic to send to; null for the original topic of each dead letter
   * @throws BrokerException if nothing can be sent to the topic {@code to}
   */
  public Redrive(KafkaConfig kafka, DeadLetterTopic deadLetters, String to) {
    this.kafka = kafka;
    this.deadLetters = deadLetters;
    this.to = to;
    if (to != null && problem(to) != null) {
      throw new BrokerException("cannot redrive to " + to + ": " + problem(to), null);
    }
  }

  /**
   * Finds what {@link #run} would do, and sends nothing.
   *
   * @param listener receives the results in batches
   * @return the number of dead letters that are skipped, because they were redriven before
   */
  public long dryRun(DeadLetterFilter filter, DeadLetterVisitor<Dispatch> listener) {
    return deadLetters.read(filter, visitor(listener, UnaryOperator.identity()));
  }

  /**
   * Redrives. After a failure, committed batches stay committed, and another run sends the rest.
   *
   * @param listener receives the results in batches, after each commit
   * @return the number of dead letters that are skipped, because they were redriven before
   * @throws BrokerException if Kafka fails, or another redrive fences this one
   */
  public long run(DeadLetterFilter filter, DeadLetterVisitor<Dispatch> listener) {
    prepareMarks();
    KafkaProducer<byte[], byte[]> producer = null;
    boolean done = false;
    try {
      producer = new KafkaProducer<>(properties());
      producer.initTransactions();
      RedrivenMarks marks = deadLetters.marks(IsolationLevel.READ_UNCOMMITTED);
      Transactions transactions = new Transactions(producer, marks);
      long before = deadLetters.read(filter, marks, visitor(listener, transactions::send));
      done = true;
      return before;
    } catch (KafkaException e) {
      throw failure(e);
    } finally {
      if (producer != null) {
        producer.close(done ? Duration.ofSeconds(5) : Duration.ZERO);
      }
    }
  }

  /** The topic must be compacted: if Kafka deleted a mark, its dead letter would be sent again. */
  private void prepareMarks() {
    String topic = RedrivenMarks.topic(deadLetters.name());
    try (Topics topics = new Topics(kafka.forAdmin())) {
      Topics.State state = topics.look(List.of(topic)).get(topic);
      MissingRights missing = new MissingRights(kafka.forAdmin());
      missing.check(MARKS_RIGHTS, state.rights(), "topic", topic);
      missing.done();
      if (!state.exists()) {
        topics.create(topic, Optional.empty(), Map.of("cleanup.policy", "compact"), Map.of());
      }
      String policy = topics.properties(List.of(topic)).get(topic).get("cleanup.policy").value();
      if (!policy.equals("compact")) {
        throw BrokerException.lasting(
            "topic %s records which dead letters were redriven, so it must have cleanup.policy=compact, but has %s. Change it: %s"
                .formatted(topic, policy, EngineTopics.alter(topic, "cleanup.policy", "compact")));
      }
    }
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    // The open transaction of a killed redrive delays the readers of its topics until then.
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_MESSAGE_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * MAX_MESSAGE_BYTES);
    properties.putAll(kafka.forProducer());
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Not that of an engine, which a redrive would fence.
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(deadLetters.name()));
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  /** The transactional id of all redrives of a dead-letter topic. */
  static String transactionalId(String topic) {
    return "qoa-redrive-" + topic;
  }

  private DeadLetterVisitor<StoredDeadLetter> visitor(
      DeadLetterVisitor<Dispatch> listener, UnaryOperator<List<Dispatch>> sender) {
    return new DeadLetterVisitor<>() {
      @Override
      public void visit(List<StoredDeadLetter> batch) {
        List<Dispatch> dispatches = new ArrayList<>(batch.size());
        batch.forEach(deadLetter -> dispatches.add(dispatch(deadLetter)));
        listener.visit(sender.apply(dispatches));
      }

      @Override
      public void progress(int read) {
        listener.progress(read);
      }
    };
  }

  private Dispatch dispatch(StoredDeadLetter deadLetter) {
    String topic = to == null ? deadLetter.origin().map(Position::topic).orElse(null) : to;
    if (topic == null) {
      return new Dispatch(
          deadLetter, null, "it has no header with its original topic; use --to TOPIC");
    }
    if (deadLetter.isWithoutValue()) {
      return new Dispatch(
          deadLetter,
          null,
          "its value was too large for topic " + deadLetters.name() + ", which has only its hash");
    }
    String problem = problem(topic);
    return new Dispatch(deadLetter, problem == null ? topic : null, problem);
  }

  /** Why nothing can be sent to a topic; null if it can. */
  private String problem(String topic) {
    if (topic.equals(deadLetters.name()) || topic.equals(RedrivenMarks.topic(deadLetters.name()))) {
      return "topic " + topic + " stores dead letters";
    }
    boolean exists = known.computeIfAbsent(topic, deadLetters::isWritable);
    return exists ? null : "topic " + topic + " does not exist; create it, or use --to TOPIC";
  }

  private BrokerException failure(KafkaException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return new BrokerException(
            "another redrive of %s has started, so this one stops; nothing is sent twice"
                .formatted(deadLetters.name()),
            e);
      }
      if (cause instanceof RecordTooLargeException) {
        return BrokerException.lasting(
            "cannot redrive: topic %s does not accept a record of 100 bytes; raise its max.message.bytes"
                .formatted(RedrivenMarks.topic(deadLetters.name())));
      }
    }
    return BrokerException.of(
        "cannot redrive (correct the cause and run it again; nothing is sent twice)",
        kafka.forProducer(),
        AclOperation.WRITE,
        e);
  }

  /** Sends batches, each in one transaction. */
  private record Transactions(KafkaProducer<byte[], byte[]> producer, RedrivenMarks marks) {

    /** Sends a batch, without the dead letters that their topic does not accept. */
    List<Dispatch> send(List<Dispatch> batch) {
      Set<Dispatch> tooLarge = ConcurrentHashMap.newKeySet();
      producer.beginTransaction();
      try {
        batch.stream()
            .filter(dispatch -> dispatch.topic() != null)
            .forEach(dispatch -> send(dispatch, tooLarge));
        producer.commitTransaction();
        return batch;
      } catch (KafkaException e) {
        abort(e);
        if (tooLarge.isEmpty()) {
          throw e;
        }
        return send(batch.stream().map(d -> tooLarge.contains(d) ? refused(d) : d).toList());
      }
    }

    /** If a send fails, the commit fails too. */
    private void send(Dispatch dispatch, Set<Dispatch> tooLarge) {
      var unusedReport =
          producer.send(
              original(dispatch),
              (place, e) -> {
                if (e instanceof RecordTooLargeException) {
                  tooLarge.add(dispatch);
                }
              });
      var unusedMark = producer.send(marks.mark(dispatch.deadLetter().id()));
    }

    private static Dispatch refused(Dispatch dispatch) {
      String problem =
          "topic %s does not accept a record of %d bytes; raise its max.message.bytes, or use --to TOPIC"
              .formatted(dispatch.topic(), dispatch.deadLetter().bytes());
      return new Dispatch(dispatch.deadLetter(), null, problem);
    }

    /** A fenced producer cannot abort, but then the broker has aborted the transaction. */
    private void abort(KafkaException reason) {
      try {
        producer.abortTransaction();
      } catch (KafkaException e) {
        reason.addSuppressed(e);
      }
    }
  }

  /**
   * The message as it first arrived. It keeps its timestamp, which is the event time of a report
   * that has none.
   */
  private static ProducerRecord<byte[], byte[]> original(Dispatch dispatch) {
    StoredDeadLetter deadLetter = dispatch.deadLetter();
    Long time = deadLetter.originalTime().map(Instant::toEpochMilli).orElse(null);
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(
            dispatch.topic(), null, time, deadLetter.message().key(), deadLetter.message().value());
    for (Header header : deadLetter.originalHeaders()) {
      message.headers().add(header.name(), header.value());
    }
    byte[] from = deadLetter.id().toString().getBytes(StandardCharsets.UTF_8);
    message.headers().add(EngineHeaders.REDRIVEN_FROM, from);
    return message;
  }
}
