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
 * Sends dead letters back to where they came from, each exactly once, whatever is killed whenever.
 *
 * <p>What is sent and the marks that say so are one Kafka transaction for each batch that is read.
 * All redrives of a dead-letter topic have one transactional id: one that starts shuts out an
 * earlier one, whose open transaction the broker then ends, and only after that reads the marks, so
 * it knows of all that was ever sent. For one thread.
 */
public final class Redrive {

  private static final Set<AclOperation> MARKS_RIGHTS =
      EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
  private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

  private final KafkaConfig kafka;
  private final DeadLetterTopic letters;
  private final String to;
  private final Map<String, Boolean> known = new HashMap<>();

  /**
   * What becomes of a letter.
   *
   * @param topic where it is sent; null where it cannot be
   * @param problem why it cannot be sent; null where it can
   */
  public record Dispatch(StoredDeadLetter letter, String topic, String problem) {}

  /**
   * @param letters where they are read from; the caller closes it
   * @param to where they are all sent; null for where each came from
   * @throws BrokerException where {@code to} is not a topic that they can be sent to
   */
  public Redrive(KafkaConfig kafka, DeadLetterTopic letters, String to) {
    this.kafka = kafka;
    this.letters = letters;
    this.to = to;
    if (to != null && problem(to) != null) {
      throw new BrokerException("cannot redrive to " + to + ": " + problem(to), null);
    }
  }

  /**
   * Tells what {@link #run} would do.
   *
   * @param listener gets batches of what would be sent
   * @return how many letters are left out because they were redriven before
   */
  public long rehearse(DeadLetterFilter filter, DeadLetterVisitor<Dispatch> listener) {
    return letters.read(filter, visitor(listener, UnaryOperator.identity()));
  }

  /**
   * Redrives; where that fails, what is committed stays so, and a further run does the rest.
   *
   * @param listener gets batches, once what can be sent of them is committed
   * @return how many letters are left out because they were redriven before
   * @throws BrokerException where Kafka fails, or another redrive shuts this one out
   */
  public long run(DeadLetterFilter filter, DeadLetterVisitor<Dispatch> listener) {
    prepareMarks();
    KafkaProducer<byte[], byte[]> producer = null;
    boolean done = false;
    try {
      producer = new KafkaProducer<>(properties());
      producer.initTransactions();
      RedrivenMarks marks = letters.marks(IsolationLevel.READ_UNCOMMITTED);
      Transactions transactions = new Transactions(producer, marks);
      long before = letters.read(filter, marks, visitor(listener, transactions::send));
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

  /** Marks that are deleted after a time would have their letters sent again. */
  private void prepareMarks() {
    String topic = RedrivenMarks.topic(letters.name());
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
            "topic %s remembers what was redriven, so it must have cleanup.policy=compact, but has %s"
                .formatted(topic, policy));
      }
    }
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    // A redrive that is killed holds up those who read its topics for no longer than this.
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_MESSAGE_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * MAX_MESSAGE_BYTES);
    properties.putAll(kafka.forProducer());
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Never the engine's own, which it would shut out.
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(letters.name()));
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  /** What all redrives of a dead-letter topic share. */
  static String transactionalId(String letters) {
    return "qoa-redrive-" + letters;
  }

  private DeadLetterVisitor<StoredDeadLetter> visitor(
      DeadLetterVisitor<Dispatch> listener, UnaryOperator<List<Dispatch>> sender) {
    return new DeadLetterVisitor<>() {
      @Override
      public void visit(List<StoredDeadLetter> batch) {
        List<Dispatch> dispatches = new ArrayList<>(batch.size());
        batch.forEach(letter -> dispatches.add(dispatch(letter)));
        listener.visit(sender.apply(dispatches));
      }

      @Override
      public void progress(int read) {
        listener.progress(read);
      }
    };
  }

  private Dispatch dispatch(StoredDeadLetter letter) {
    String topic = to == null ? letter.origin().map(Position::topic).orElse(null) : to;
    if (topic == null) {
      return new Dispatch(letter, null, "it does not say which topic it came from; use --to TOPIC");
    }
    if (letter.isWithoutValue()) {
      return new Dispatch(
          letter, null, "its value was too large for " + letters.name() + ", which holds its hash");
    }
    String problem = problem(topic);
    return new Dispatch(letter, problem == null ? topic : null, problem);
  }

  /** Why letters cannot be sent to a topic; null where they can. */
  private String problem(String topic) {
    if (topic.equals(letters.name()) || topic.equals(RedrivenMarks.topic(letters.name()))) {
      return "topic " + topic + " is where dead letters are kept";
    }
    boolean there = known.computeIfAbsent(topic, letters::isWritable);
    return there ? null : "there is no topic " + topic + "; create it, or use --to TOPIC";
  }

  private BrokerException failure(KafkaException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return new BrokerException(
            "another redrive of %s has started since, so this one ends; nothing is sent twice"
                .formatted(letters.name()),
            e);
      }
      if (cause instanceof RecordTooLargeException) {
        return BrokerException.lasting(
            "cannot redrive: topic %s does not take a mark of 100 bytes; raise its max.message.bytes"
                .formatted(RedrivenMarks.topic(letters.name())));
      }
    }
    return BrokerException.of(
        "cannot redrive (run it again when that is mended: nothing is sent twice)",
        kafka.forProducer(),
        AclOperation.WRITE,
        e);
  }

  /** Sends batches, each in one transaction. */
  private record Transactions(KafkaProducer<byte[], byte[]> producer, RedrivenMarks marks) {

    /** What became of a batch: letters that their topic does not take are left out. */
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

    /** A send that fails, fails the commit. */
    private void send(Dispatch dispatch, Set<Dispatch> tooLarge) {
      var unusedReport =
          producer.send(
              original(dispatch),
              (place, e) -> {
                if (e instanceof RecordTooLargeException) {
                  tooLarge.add(dispatch);
                }
              });
      var unusedMark = producer.send(marks.mark(dispatch.letter().id()));
    }

    private static Dispatch refused(Dispatch dispatch) {
      String problem =
          "topic %s does not take a record of %d bytes; raise its max.message.bytes, or use --to TOPIC"
              .formatted(dispatch.topic(), dispatch.letter().bytes());
      return new Dispatch(dispatch.letter(), null, problem);
    }

    /** A producer that was shut out cannot abort, and need not: the broker has done it. */
    private void abort(KafkaException reason) {
      try {
        producer.abortTransaction();
      } catch (KafkaException e) {
        reason.addSuppressed(e);
      }
    }
  }

  /**
   * The message as it first came. It keeps its time, too: a report that names none is judged by it.
   */
  private static ProducerRecord<byte[], byte[]> original(Dispatch dispatch) {
    StoredDeadLetter letter = dispatch.letter();
    Long time = letter.originalTime().map(Instant::toEpochMilli).orElse(null);
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(
            dispatch.topic(), null, time, letter.message().key(), letter.message().value());
    for (Header header : letter.originalHeaders()) {
      message.headers().add(header.name(), header.value());
    }
    byte[] from = letter.id().toString().getBytes(StandardCharsets.UTF_8);
    message.headers().add(EngineHeaders.REDRIVEN_FROM, from);
    return message;
  }
}
