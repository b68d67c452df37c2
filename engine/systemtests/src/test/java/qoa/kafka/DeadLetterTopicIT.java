package qoa.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static qoa.systemtests.GivenDeadLetters.TEN;
import static qoa.systemtests.GivenDeadLetters.deadLetter;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.model.DeadLetter.Reason;
import qoa.core.model.Position;
import qoa.core.model.RawReport;
import qoa.demo.EmbeddedBroker;
import qoa.systemtests.GivenDeadLetters;
import qoa.systemtests.SharedBroker;
import qoa.systemtests.Topic;

/** With a real broker: seven dead letters in two partitions, their times not in order. */
class DeadLetterTopicIT {

  private static final String DEAD_LETTERS = "dead-letter-topic";
  private static final String OPEN = DEAD_LETTERS + "-open";

  private static EmbeddedBroker broker;
  private static KafkaConfig kafka;

  @BeforeAll
  static void start() throws Exception {
    broker = SharedBroker.get();
    kafka =
        new KafkaConfig(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            Map.of("fetch.max.wait.ms", "10"),
            Map.of());
    broker.createTopic(DEAD_LETTERS, 2, Map.of());
    GivenDeadLetters.send(
        broker.bootstrapServers(),
        List.of(
            deadLetter(DEAD_LETTERS, 0, 0, "not_json", "reports", 10),
            deadLetter(DEAD_LETTERS, 0, 5, "wrong_type", "reports", 11),
            deadLetter(DEAD_LETTERS, 0, 2, "not_json", "reports", 12),
            deadLetter(DEAD_LETTERS, 0, 9, "of_the_future", "reports", 13),
            deadLetter(DEAD_LETTERS, 1, 1, "empty", "reports", 14),
            deadLetter(DEAD_LETTERS, 1, 4, "not_json", "reports", 15),
            new ProducerRecord<>(DEAD_LETTERS, 1, TEN + 480_000, null, (byte[]) null)));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // reasons, since and until (minutes after ten), ids, limit, which
        "-, -, -, -, 99, 0:0 0:1 0:2 0:3 1:0 1:1 1:2",
        "not_json, -, -, -, 99, 0:0 0:2 1:1",
        "not_json empty, -, -, -, 99, 0:0 0:2 1:0 1:1",
        "too_deep, -, -, -, 99, ''",
        "-, 4, -, -, 99, 0:1 0:3 1:1 1:2",
        "-, -, 4, -, 99, 0:0 0:2 1:0",
        "-, 2, 5, -, 99, 0:2 1:1",
        "-, 9, -, -, 99, 0:3",
        "-, 10, -, -, 99, ''",
        "-, -, -, 0:3 1:0, 99, 0:3 1:0",
        "-, -, -, 0:1 0:3, 99, 0:1 0:3",
        "-, -, -, 0:4 7:0, 99, ''",
        "not_json, 1, -, -, 1, 0:2",
        "-, -, -, -, 5, 0:0 0:1 0:2 0:3 1:0"
      })
  void read_givesWhatIsMeant_byPartitionAndOffset(
      String reasons, Long since, Long until, String ids, long limit, String which) {
    DeadLetterFilter filter =
        new DeadLetterFilter(
            words(reasons)
                .map(label -> Reason.valueOf(label.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet()),
            since == null ? null : minute(since),
            until == null ? null : minute(until),
            words(ids).map(DeadLetterId::parse).collect(Collectors.toSet()),
            false,
            limit);

    assertThat(
            read(DEAD_LETTERS, filter).all.stream().map(deadLetter -> deadLetter.id().toString()))
        .containsExactlyElementsOf(words(which).toList());
  }

  @Test
  void read_tellsWhatTheHeadersSay_notWhatTheSenderSays() {
    List<StoredDeadLetter> deadLetters = read(DEAD_LETTERS, all()).all;

    StoredDeadLetter deadLetter = deadLetters.get(1);
    assertThat(deadLetter.reason()).contains(Reason.WRONG_TYPE);
    assertThat(deadLetter.detail()).isEqualTo("at byte 1:\nexpected a value");
    assertThat(deadLetter.origin()).contains(new Position("reports", 3, 11));
    assertThat(deadLetter.time()).isEqualTo(minute(5));
    assertThat(deadLetter.originalTime())
        .contains(minute(5).minusMillis(GivenDeadLetters.BEFORE_MILLIS));
    assertThat(deadLetter.originalHeaders().stream().map(RawReport.Header::name))
        .containsExactly("trace", "empty");
    assertThat(deadLetter.redriven()).isFalse();
  }

  @Test
  void read_givesLetters_whoseHeadersSayNothing() {
    StoredDeadLetter deadLetter = read(DEAD_LETTERS, all()).all.get(6);

    assertThat(deadLetter.reason()).isEmpty();
    assertThat(deadLetter.detail()).isEmpty();
    assertThat(deadLetter.origin()).isEmpty();
    assertThat(deadLetter.originalTime()).isEmpty();
    assertThat(deadLetter.bytes()).isZero();
    assertThat(read(DEAD_LETTERS, all()).all.get(3).reason()).isEmpty();
  }

  @Test
  void read_stopsBeforeWhatIsNotCommitted_andPassesOverWhatWasAborted() throws Exception {
    broker.createTopic(OPEN, 1, Map.of());
    try (var producer = transactions(DEAD_LETTERS + "-aborts");
        var other = transactions(DEAD_LETTERS + "-stays-open")) {
      producer.beginTransaction();
      producer.send(deadLetter(OPEN, 0, 1, "empty", "reports", 1)).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(deadLetter(OPEN, 0, 2, "empty", "reports", 2)).get();
      producer.commitTransaction();
      GivenDeadLetters.send(
          broker.bootstrapServers(), List.of(deadLetter(OPEN, 0, 3, "empty", "reports", 3)));
      Topic.read(broker.bootstrapServers(), OPEN); // waits for the end of both
      other.beginTransaction();
      other.send(deadLetter(OPEN, 0, 4, "empty", "reports", 4)).get();

      assertThat(read(OPEN, all()).all.stream().map(one -> one.origin().get().offset()))
          .containsExactly(2L, 3L);
    }
  }

  @Test
  void saysSo_whereThereIsNoSuchTopic() {
    assertThatThrownBy(() -> read("nowhere", all()))
        .isInstanceOf(BrokerException.class)
        .hasMessageStartingWith("topic nowhere does not exist at " + broker.bootstrapServers());
    assertThatThrownBy(() -> read("no topic's name", all()))
        .isInstanceOf(BrokerException.class)
        .hasMessageStartingWith("topic no topic's name does not exist");
  }

  private static Collected<StoredDeadLetter> read(String topic, DeadLetterFilter filter) {
    Collected<StoredDeadLetter> collected = new Collected<>();
    try (DeadLetterTopic deadLetters = new DeadLetterTopic(kafka, topic)) {
      deadLetters.read(filter, collected);
    }
    return collected;
  }

  private static DeadLetterFilter all() {
    return new DeadLetterFilter(Set.of(), null, null, Set.of(), false, Long.MAX_VALUE);
  }

  private static Instant minute(long minute) {
    return Instant.ofEpochMilli(TEN + minute * 60_000);
  }

  private static Stream<String> words(String text) {
    return text == null || text.isEmpty() ? Stream.of() : Arrays.stream(text.split(" "));
  }

  private static KafkaProducer<byte[], byte[]> transactions(String id) {
    var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", id),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }
}
