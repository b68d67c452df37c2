package qoa.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static qoa.systemtests.GivenDeadLetters.TEN;
import static qoa.systemtests.GivenDeadLetters.deadLetter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import qoa.demo.EmbeddedBroker;
import qoa.kafka.Redrive.Dispatch;
import qoa.systemtests.GivenDeadLetters;
import qoa.systemtests.SharedBroker;
import qoa.systemtests.Topic;
import qoa.testing.Await;

/** With a real broker; each test has its own topics. Dead letters are read three at a time. */
class RedriveIT {

  private static EmbeddedBroker broker;
  private static KafkaConfig kafka;

  private String deadLetters;
  private String reports;

  @BeforeAll
  static void start() {
    broker = SharedBroker.get();
    kafka =
        new KafkaConfig(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            Map.of("max.poll.records", "3", "fetch.max.wait.ms", "10"),
            Map.of("transactional.id", "the-engine"));
  }

  @BeforeEach
  void createTopics(TestInfo test) {
    reports = "redrive-" + test.getTestMethod().orElseThrow().getName();
    deadLetters = reports + "-dead";
    broker.createTopic(reports, 2, Map.of());
    broker.createTopic(deadLetters, 2, Map.of());
  }

  @Test
  void run_sendsTheMessageAsItFirstCame() throws Exception {
    given(1);

    run();

    ConsumerRecord<byte[], byte[]> message = read(reports).get(0);
    assertThat(text(message.key())).isEqualTo("key");
    assertThat(text(message.value())).isEqualTo("value 0");
    assertThat(message.timestamp()).isEqualTo(TEN - GivenDeadLetters.BEFORE_MILLIS);
    assertThat(Arrays.stream(message.headers().toArray()).map(h -> h.key() + "=" + text(h.value())))
        .containsExactly("trace=a", "empty=null", "qoa.redriven-from=0:0");
  }

  @Test
  void run_sendsOnce_whenRunTwice_butAgainWhereAsked() throws Exception {
    given(7);

    assertThat(run().all).hasSize(7);
    assertThat(run().all).isEmpty();
    assertSentOnce(7);
    assertThat(listed(false)).isEmpty();
    assertThat(listed(true)).hasSize(7).allMatch(StoredDeadLetter::redriven);

    assertThat(run(filter(true)).all).hasSize(7);
    assertThat(values()).hasSize(14);
  }

  @Test
  void run_sendsOnlyWhatIsMeant() throws Exception {
    given(7);
    Set<DeadLetterId> two = Set.of(new DeadLetterId(0, 1), new DeadLetterId(1, 2));

    run(new DeadLetterFilter(Set.of(), null, null, two, false, Long.MAX_VALUE));

    assertThat(values()).containsExactlyInAnyOrder("value 2", "value 5");
    assertThat(listed(false)).hasSize(5);
    run();
    assertSentOnce(7);
  }

  /** The state after a redrive was killed between sending and committing. */
  @Test
  void run_sendsOnce_whereAnotherWasKilledBeforeItsCommit() throws Exception {
    given(7);
    createMarks(Map.of("cleanup.policy", "compact"));
    try (KafkaProducer<byte[], byte[]> killed = redriver()) {
      killed.beginTransaction();
      for (StoredDeadLetter deadLetter : listed(false).subList(0, 3)) {
        killed.send(new ProducerRecord<>(reports, deadLetter.message().value())).get();
        killed.send(marks().mark(deadLetter.id())).get();
      }

      run();

      assertSentOnce(7);
      assertThat(listed(false)).isEmpty();
    }
  }

  @Test
  void run_endsAndLosesNothing_whenAnotherStarts() throws Exception {
    given(7);
    Collected<Dispatch> other = new Collected<>();
    Collected<Dispatch> first =
        new Collected<>() {
          @Override
          public void visit(List<Dispatch> batch) {
            super.visit(batch);
            other.all.addAll(run().all);
          }
        };

    assertThatThrownBy(() -> run(filter(false), first))
        .isInstanceOf(BrokerException.class)
        .hasMessageStartingWith(
            "another redrive of " + deadLetters + " has started, so this one stops");

    assertThat(first.all).hasSize(3);
    assertThat(other.all).hasSize(4);
    assertSentOnce(7);
  }

  @Test
  void run_leavesTheEnginesTransactionsAlone() throws Exception {
    given(1);
    try (KafkaProducer<byte[], byte[]> engine = transactions("the-engine")) {
      engine.beginTransaction();
      run();
      engine
          .send(new ProducerRecord<>(reports, "the engine's".getBytes(StandardCharsets.UTF_8)))
          .get();
      engine.commitTransaction();
    }
    assertThat(values()).containsExactlyInAnyOrder("value 0", "the engine's");
  }

  /** Its offsets start at 0 again, and the marks stay. */
  @Test
  void run_sendsLetters_ofATopicThatWasMadeAgain() throws Exception {
    given(2);
    run();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.deleteTopics(List.of(deadLetters)).all().get();
      Await.until(
          "the topic is gone", () -> !admin.listTopics().names().get().contains(deadLetters));
    }
    broker.createTopic(deadLetters, 2, Map.of());
    given(2);

    assertThat(run().all).hasSize(2);
    assertThat(run().all).isEmpty();
    assertThat(values()).hasSize(4);
  }

  @Test
  void run_namesWhatCannotBeSent_andSendsTheRest() throws Exception {
    GivenDeadLetters.send(
        broker.bootstrapServers(),
        List.of(
            deadLetter(deadLetters, 0, 0, "empty", "gone", 1),
            deadLetter(deadLetters, 0, 0, "empty", reports, 2),
            deadLetter(deadLetters, 0, 0, "empty", "no name", 3),
            deadLetter(deadLetters, 0, 0, "empty", deadLetters, 4),
            new ProducerRecord<>(deadLetters, 0, TEN, null, (byte[]) null)));

    List<Dispatch> all = run().all;

    assertThat(all.stream().map(Dispatch::topic)).containsExactly(null, reports, null, null, null);
    assertThat(all.get(0).problem()).contains("topic gone does not exist");
    assertThat(all.get(2).problem()).contains("topic no name does not exist");
    assertThat(all.get(3).problem()).contains("stores dead letters");
    assertThat(all.get(4).problem()).contains("has no header with its original topic");
    assertThat(values()).containsExactly("value 2");
    assertThat(listed(false)).hasSize(4);
  }

  @Test
  void run_sendsAllToOneTopic_whereAsked() throws Exception {
    GivenDeadLetters.send(
        broker.bootstrapServers(), List.of(deadLetter(deadLetters, 0, 0, "empty", "gone", 1)));

    Collected<Dispatch> sent = new Collected<>();
    try (DeadLetterTopic topic = new DeadLetterTopic(kafka, deadLetters)) {
      new Redrive(kafka, topic, reports).run(filter(false), sent);
      assertThatThrownBy(() -> new Redrive(kafka, topic, "gone"))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("topic gone does not exist");
    }

    assertThat(values()).containsExactly("value 1");
  }

  @Test
  void run_leavesOut_whatATopicDoesNotTake_andSendsTheRest() throws Exception {
    broker.createTopic("narrow", 1, Map.of("max.message.bytes", "300"));
    ProducerRecord<byte[], byte[]> large =
        new ProducerRecord<>(deadLetters, 0, TEN, null, incompressible(1000));
    GivenDeadLetters.add(large.headers(), "empty", "", "narrow", 2, TEN);
    GivenDeadLetters.send(
        broker.bootstrapServers(),
        List.of(
            deadLetter(deadLetters, 0, 0, "empty", reports, 1),
            large,
            deadLetter(deadLetters, 0, 0, "empty", reports, 3)));

    Collected<Dispatch> told = run();

    assertThat(told.all.stream().map(Dispatch::topic)).containsExactly(reports, null, reports);
    assertThat(told.all.get(1).problem())
        .contains("topic narrow does not accept a record of 1000 bytes", "max.message.bytes");
    assertThat(values()).containsExactly("value 1", "value 3");
    assertThat(listed(false)).hasSize(1);
  }

  @Test
  void run_leavesOut_whatCameWithoutItsValue() throws Exception {
    ProducerRecord<byte[], byte[]> hashed =
        new ProducerRecord<>(deadLetters, 0, TEN, new byte[0], (byte[]) null);
    GivenDeadLetters.add(hashed.headers(), "too_large", "", reports, 1, TEN);
    hashed.headers().add("qoa.value-sha256", new byte[] {'a'});
    GivenDeadLetters.send(broker.bootstrapServers(), List.of(hashed));

    assertThat(run().all.get(0).problem())
        .contains("its value was too large for topic " + deadLetters);
    assertThat(values()).isEmpty();
  }

  /** If a mark cannot be written, its message is not sent either: both are one transaction. */
  @Test
  void run_sendsNothing_whereItCannotMark() throws Exception {
    given(3);
    createMarks(Map.of("cleanup.policy", "compact", "max.message.bytes", "50"));

    assertThatThrownBy(this::run)
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("cannot redrive")
        .hasMessageContaining(
            "topic " + deadLetters + ".redriven does not accept a record of 100 bytes");

    assertThat(values()).isEmpty();
    assertThat(listed(false)).hasSize(3);
  }

  @Test
  void run_refusesMarksThatWouldBeForgotten() throws Exception {
    given(1);
    createMarks(Map.of("cleanup.policy", "delete"));

    assertThatThrownBy(this::run)
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining(deadLetters + ".redriven")
        .hasMessageContaining("cleanup.policy=compact");
    assertThat(values()).isEmpty();
  }

  @Test
  void dryRun_tellsTheSame_andTouchesNothing() throws Exception {
    given(7);

    Collected<Dispatch> told = new Collected<>();
    try (DeadLetterTopic topic = new DeadLetterTopic(kafka, deadLetters)) {
      new Redrive(kafka, topic, null).dryRun(filter(false), told);
      assertThat(topic.isWritable(RedrivenMarks.topic(deadLetters))).isFalse();
    }

    assertThat(values()).isEmpty();
    assertThat(told.all).hasSize(7).allMatch(d -> d.topic().equals(reports));
    assertThat(run().all.stream().map(d -> d.deadLetter().id()))
        .isEqualTo(told.all.stream().map(d -> d.deadLetter().id()).toList());
  }

  /** Sends dead letters to both partitions in turn. */
  private void given(int count) throws Exception {
    GivenDeadLetters.send(
        broker.bootstrapServers(),
        IntStream.range(0, count)
            .mapToObj(i -> deadLetter(deadLetters, i % 2, i, "not_json", reports, i))
            .toList());
  }

  private Collected<Dispatch> run() {
    return run(filter(false));
  }

  private Collected<Dispatch> run(DeadLetterFilter filter) {
    return run(filter, new Collected<>());
  }

  private Collected<Dispatch> run(DeadLetterFilter filter, Collected<Dispatch> collected) {
    try (DeadLetterTopic topic = new DeadLetterTopic(kafka, deadLetters)) {
      new Redrive(kafka, topic, null).run(filter, collected);
    }
    return collected;
  }

  private List<StoredDeadLetter> listed(boolean all) {
    Topic.read(broker.bootstrapServers(), deadLetters + ".redriven"); // waits for open transactions
    Collected<StoredDeadLetter> collected = new Collected<>();
    try (DeadLetterTopic topic = new DeadLetterTopic(kafka, deadLetters)) {
      topic.read(filter(all), collected);
    }
    return collected.all;
  }

  private static DeadLetterFilter filter(boolean redriven) {
    return new DeadLetterFilter(Set.of(), null, null, Set.of(), redriven, Long.MAX_VALUE);
  }

  private void assertSentOnce(int count) {
    assertThat(values())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, count).mapToObj(i -> "value " + i).toList());
  }

  private List<String> values() {
    return read(reports).stream().map(message -> text(message.value())).toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return Topic.read(broker.bootstrapServers(), topic);
  }

  private void createMarks(Map<String, String> properties) {
    broker.createTopic(RedrivenMarks.topic(deadLetters), 1, properties);
  }

  private RedrivenMarks marks() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      var topic = admin.describeTopics(List.of(deadLetters)).allTopicNames().get().get(deadLetters);
      return new RedrivenMarks(deadLetters, topic.topicId());
    }
  }

  private KafkaProducer<byte[], byte[]> redriver() {
    return transactions(Redrive.transactionalId(deadLetters));
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

  /** Incompressible bytes; always the same. */
  private static byte[] incompressible(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
  }
}
