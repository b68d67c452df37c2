package qoa.engine.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import qoa.engine.config.KafkaConfig;
import qoa.engine.model.Position;
import qoa.engine.model.RawReport.Header;

/**
 * Sends dead letters back to where they came from, each exactly once, whatever is killed whenever.
 *
 * <p>What is sent and the marks that say so are one Kafka transaction for each batch that is read.
 * All redrives of a dead-letter topic have one transactional id: one that starts shuts out an
 * earlier one, whose open transaction the broker then ends, and only after that reads the marks, so
 * it knows of all that was ever sent. For one thread.
 */
public final class Redrive {

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
  public record Dispatch(Letter letter, String topic, String problem) {}

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
  public long rehearse(LetterFilter filter, LetterVisitor<Dispatch> listener) {
    return letters.read(filter, visitor(listener, batch -> {}));
  }

  /**
   * Redrives; where that fails, what is committed stays so, and a further run does the rest.
   *
   * @param listener gets batches, once what can be sent of them is committed
   * @return how many letters are left out because they were redriven before
   * @throws BrokerException where Kafka fails, or another redrive shuts this one out
   */
  public long run(LetterFilter filter, LetterVisitor<Dispatch> listener) {
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
    try (Topics topics = new Topics(kafka.common())) {
      topics.ensure(topic, Optional.empty(), Map.of("cleanup.policy", "compact"));
    }
    String policy = letters.property(topic, "cleanup.policy");
    if (!"compact".equals(policy)) {
      throw new BrokerException(
          "topic %s remembers what was redriven, so it must have cleanup.policy=compact, but has %s"
              .formatted(topic, policy),
          null);
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

  private LetterVisitor<Letter> visitor(
      LetterVisitor<Dispatch> listener, Consumer<List<Dispatch>> sender) {
    return new LetterVisitor<>() {
      @Override
      public void visit(List<Letter> batch) {
        List<Dispatch> dispatches = new ArrayList<>(batch.size());
        batch.forEach(letter -> dispatches.add(dispatch(letter)));
        sender.accept(dispatches);
        listener.visit(dispatches);
      }

      @Override
      public void progress(int read) {
        listener.progress(read);
      }
    };
  }

  private Dispatch dispatch(Letter letter) {
    String topic = to == null ? letter.origin().map(Position::topic).orElse(null) : to;
    if (topic == null) {
      return new Dispatch(letter, null, "it does not say which topic it came from; use --to TOPIC");
    }
    String problem = problem(topic);
    return new Dispatch(letter, problem == null ? topic : null, problem);
  }

  /** Why letters cannot be sent to a topic; null where they can. */
  private String problem(String topic) {
    if (topic.equals(letters.name()) || topic.equals(RedrivenMarks.topic(letters.name()))) {
      return "topic " + topic + " is where dead letters are kept";
    }
    boolean there = known.computeIfAbsent(topic, letters::exists);
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
    }
    return BrokerException.of(
        "cannot redrive (run it again when that is mended: nothing is sent twice)",
        kafka.bootstrapServers(),
        e);
  }

  /** Sends batches, each in one transaction. */
  private record Transactions(KafkaProducer<byte[], byte[]> producer, RedrivenMarks marks) {

    void send(List<Dispatch> batch) {
      producer.beginTransaction();
      try {
        for (Dispatch dispatch : batch) {
          if (dispatch.topic() != null) {
            send(original(dispatch));
            send(marks.mark(dispatch.letter().id()));
          }
        }
        producer.commitTransaction();
      } catch (KafkaException e) {
        abort(e);
        throw e;
      }
    }

    private void send(ProducerRecord<byte[], byte[]> message) {
      var unused = producer.send(message); // a send that fails, fails the commit
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
    Letter letter = dispatch.letter();
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
