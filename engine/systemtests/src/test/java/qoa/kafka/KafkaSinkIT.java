package qoa.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.core.lifecycle.Changes;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.EventJson;
import qoa.core.lifecycle.EventSchema;
import qoa.core.lifecycle.Given;
import qoa.core.lifecycle.Lifecycle;
import qoa.core.lifecycle.Status;
import qoa.core.lifecycle.StatusJson;
import qoa.core.model.DeadLetter;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.ReadPosition;
import qoa.core.model.Verdict;
import qoa.core.sink.Progress;
import qoa.core.sink.RekeyedTopic;
import qoa.demo.EmbeddedBroker;
import qoa.systemtests.SharedBroker;
import qoa.systemtests.Topic;

/** Against a real broker; each test has topics and a group of its own. */
class KafkaSinkIT {

  private static EmbeddedBroker broker;

  private final RecordLimits limits = new RecordLimits();

  @BeforeAll
  static void start() {
    broker = SharedBroker.get();
    broker.createTopic("reports", 2, Map.of());
  }

  @Test
  void event_isACloudEvent() {
    Event event = event(0);
    long before = System.currentTimeMillis();
    try (KafkaSink sink = sink("event")) {
      sink.changes(Changes.of(List.of(event)));
      sink.commit(read(Map.of()));
    }

    ConsumerRecord<byte[], byte[]> message = read("event").get(0);
    assertThat(text(message.key())).isEqualTo("object-detection");
    assertThat(headers(message))
        .containsExactlyInAnyOrder(
            "ce_specversion=1.0",
            "ce_type=qoa.violation.opened",
            "ce_id=" + event.id(),
            "ce_source=/qoa/engine",
            "ce_subject=object-detection/aaltosea1",
            "ce_time=2026-11-23T10:00:10Z",
            "content-type=application/json");
    assertThat(message.value()).isEqualTo(EventJson.value(event));
    assertThat(message.timestamp()).isBetween(before, System.currentTimeMillis());
    EventSchema.assertValid(message.value());
  }

  @Test
  void deadLetter_isUnchanged_andSaysWhy() {
    try (KafkaSink sink = sink("letters")) {
      sink.deadLetter(Given.deadLetter(7, Given.bytes("{")));
      sink.commit(read(Map.of()));
    }

    ConsumerRecord<byte[], byte[]> message = read("letters-dead").get(0);
    assertThat(text(message.key())).isEqualTo("key");
    assertThat(text(message.value())).isEqualTo("{");
    assertThat(headers(message))
        .containsExactly(
            "trace=a",
            "empty=null",
            "trace=b",
            "qoa.reason=not_json",
            "qoa.detail=at byte 1:\nexpected a value",
            "qoa.topic=reports",
            "qoa.partition=0",
            "qoa.offset=7",
            "qoa.timestamp=" + Given.TEN);
  }

  @Test
  void deadLetter_keepsNullAndHugeValues() {
    byte[] huge = new byte[10_000_000];
    new Random(1).nextBytes(huge);
    try (KafkaSink sink = sink("huge")) {
      sink.deadLetter(Given.deadLetter(1, null));
      sink.deadLetter(Given.deadLetter(2, huge));
      sink.deadLetter(Given.deadLetter(3, new byte[0]));
      sink.commit(read(Map.of()));
    }

    assertThat(read("huge-dead"))
        .extracting(ConsumerRecord::value)
        .containsExactly(null, huge, new byte[0]);
  }

  @Test
  void commit_commitsTheOffsets_withTheEvents() throws Exception {
    try (KafkaSink sink = sink("offsets")) {
      sink.changes(Changes.of(List.of(event(0))));
      sink.commit(read(Map.of(new Partition("reports", 0), new ReadPosition(5, ""))));
      sink.commit(read(Map.of(new Partition("reports", 1), new ReadPosition(9, "left"))));
      sink.changes(Changes.of(List.of(event(1))));
      sink.commit(read(Map.of(new Partition("reports", 0), new ReadPosition(7, ""))));
    }

    assertThat(committed("offsets"))
        .isEqualTo(
            Map.of(
                new TopicPartition("reports", 0), new OffsetAndMetadata(7),
                new TopicPartition("reports", 1), new OffsetAndMetadata(9, "left")));
    assertThat(read("offsets")).hasSize(2);
  }

  @Test
  void uncommitted_staysUnseen() throws Exception {
    try (KafkaSink sink = sink("closed")) {
      sink.changes(Changes.of(List.of(event(0))));
      sink.deadLetter(Given.deadLetter(1, null));
    }
    try (KafkaSink sink = sink("closed")) {
      sink.changes(Changes.of(List.of(event(1))));
      sink.commit(read(Map.of()));
    }

    assertThat(read("closed")).extracting(KafkaSinkIT::id).containsExactly(event(1).id());
    assertThat(read("closed-dead")).isEmpty();
    assertThat(committed("closed")).isEmpty();
  }

  @Test
  void deadLetter_goesWithoutItsValue_whereItsTopicDoesNotTakeIt() throws Exception {
    limits.set("less-dead", 2_000);
    byte[] large = random(10_000);
    try (KafkaSink sink = sink("less")) {
      sink.deadLetter(Given.deadLetter(7, large));
      sink.commit(read(Map.of()));
    }

    ConsumerRecord<byte[], byte[]> message = read("less-dead").get(0);
    assertThat(text(message.key())).isEqualTo("key");
    assertThat(message.value()).isNull();
    assertThat(headers(message))
        .contains(
            "trace=a",
            "qoa.reason=not_json",
            "qoa.offset=7",
            "qoa.value-bytes=10000",
            "qoa.value-sha256=" + sha256(large));
  }

  @Test
  void deadLetter_goesWithoutKeyAndHeaders_whereItsTopicDoesNotTakeThemEither() throws Exception {
    limits.set("bare-dead", 2_000);
    byte[] large = random(10_000);
    RawReport raw = Given.deadLetter(7, large).raw();
    List<RawReport.Header> headers = List.of(new RawReport.Header("large", large));
    RawReport huge =
        new RawReport(
            raw.sourcePartition(),
            7,
            raw.timestamp(),
            large,
            large,
            headers,
            raw.sourcePartition(),
            7,
            false);
    try (KafkaSink sink = sink("bare")) {
      sink.deadLetter(new DeadLetter(huge, DeadLetter.Reason.NOT_JSON, "x".repeat(5_000)));
      sink.commit(read(Map.of()));
    }

    ConsumerRecord<byte[], byte[]> message = read("bare-dead").get(0);
    assertThat(message.key()).isNull();
    assertThat(headers(message))
        .contains(
            "qoa.reason=not_json",
            "qoa.topic=reports",
            "qoa.partition=0",
            "qoa.offset=7",
            "qoa.value-sha256=" + sha256(large),
            "qoa.key-bytes=10000",
            "qoa.key-sha256=" + sha256(large),
            "qoa.headers-omitted=1")
        .noneMatch(header -> header.startsWith("large="));
  }

  /** Its size was changed after it was looked up. */
  @Test
  void nextSink_knows_whatATopicRefused() throws Exception {
    broker.createTopic("small-dead", 1, Map.of("max.message.bytes", "2000"));
    limits.set("small-dead", 1_000_000);
    byte[] large = random(10_000);
    try (KafkaSink sink = sink("small")) {
      sink.changes(Changes.of(List.of(event(0))));
      sink.deadLetter(Given.deadLetter(1, large));
      assertThatThrownBy(
              () -> sink.commit(read(Map.of(new Partition("reports", 0), new ReadPosition(5, "")))))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("topic small-dead does not take a record of up to ")
          .matches(e -> !((BrokerException) e).isLasting());
      assertThatThrownBy(() -> sink.commit(read(Map.of())))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(read("small")).isEmpty();
    assertThat(committed("small")).isEmpty();

    try (KafkaSink next = sink("small")) {
      next.changes(Changes.of(List.of(event(0))));
      next.deadLetter(Given.deadLetter(1, large));
      next.commit(read(Map.of(new Partition("reports", 0), new ReadPosition(5, ""))));
    }
    assertThat(read("small")).hasSize(1);
    assertThat(headers(read("small-dead").get(0))).contains("qoa.value-sha256=" + sha256(large));
  }

  @Test
  void commit_failsForGood_whereAnEventIsLargerThanItsTopicTakes() {
    broker.createTopic("tiny", 1, Map.of("max.message.bytes", "100"));
    limits.set("tiny", 100);
    try (KafkaSink sink = sink("tiny")) {
      sink.changes(Changes.of(List.of(event(0))));
      assertThatThrownBy(() -> sink.commit(read(Map.of())))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("topic tiny does not take a record of up to ")
          .hasMessageContaining("max.message.bytes")
          .matches(e -> ((BrokerException) e).isLasting());
    }
  }

  @Test
  void forward_saysWhy_whereTheCopyIsTooLarge_andTakesWhatFits() {
    broker.createTopic("copies-by-application", 1, Map.of("max.message.bytes", "20000"));
    limits.set("copies-by-application", 20_000);
    try (KafkaSink sink = sink("copies")) {
      RekeyedTopic topic = sink.rekeyedTopic(1);
      assertThat(topic.forward(Given.deadLetter(1, random(19_900)).raw(), "detector"))
          .hasValueSatisfying(
              why ->
                  assertThat(why)
                      .contains("topic copies-by-application takes 20000", "max.message.bytes"));
      assertThat(topic.forward(Given.deadLetter(2, random(19_000)).raw(), "detector")).isEmpty();
      sink.commit(read(Map.of()));
    }
    assertThat(read("copies-by-application")).hasSize(1);
  }

  /** What fits by its size before compression is taken by a broker, however it is compressed. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
  void sizeOf_isNeverLess_thanWhatABrokerSees(String compression) throws Exception {
    Map<String, Object> client = new HashMap<>(client());
    client.put("compression.type", compression);
    client.put("max.request.size", 10_000_000);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int size : new int[] {0, 1, 100, 5_000, 70_000, 3_000_000}) {
        String topic = compression + "-" + size;
        ProducerRecord<byte[], byte[]> message =
            new ProducerRecord<>(topic, random(10), random(size));
        message.headers().add("trace", random(20)).add("ä", random(1)).add("empty", null);
        String limit = String.valueOf(RecordLimits.sizeOf(message));
        broker.createTopic(topic, 1, Map.of("max.message.bytes", limit));
        producer.send(message).get();
      }
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return String.format(
        "%064x", new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(bytes)));
  }

  /** Kafka's client gives this answer of a broker as text alone. */
  @Test
  void commit_failsForGood_whereABrokerRefusesTheMetadata() {
    try (KafkaSink sink = sink("metadata")) {
      ReadPosition position = new ReadPosition(1, "x".repeat(5_000));
      assertThatThrownBy(() -> sink.commit(read(Map.of(new Partition("reports", 0), position))))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("metadata")
          .matches(e -> ((BrokerException) e).isLasting());
    }
  }

  @Test
  void earlierSink_isShutOut_byALaterOneOfItsName() {
    try (KafkaSink zombie = sink("fenced")) {
      zombie.changes(Changes.of(List.of(event(0))));
      try (KafkaSink successor = sink("fenced")) {
        successor.changes(Changes.of(List.of(event(1))));
        successor.commit(read(Map.of()));
      }
      assertThatThrownBy(() -> zombie.commit(read(Map.of()))).isInstanceOf(BrokerException.class);
    }

    assertThat(read("fenced")).extracting(KafkaSinkIT::id).containsExactly(event(1).id());
  }

  @Test
  void status_theLastOfAKeyCounts_andATombstoneForgets() {
    Status first = status(0);
    Status second = status(1);
    try (KafkaSink sink = sink("kept")) {
      sink.changes(status(first.key(), first));
      sink.changes(status(second.key(), second));
      sink.commit(read(Map.of()));
      sink.changes(status(first.key(), null));
      sink.commit(read(Map.of()));
    }

    assertThat(read("kept-status"))
        .extracting(message -> text(message.key()))
        .containsExactly(first.key(), first.key());
    assertThat(read("kept-status"))
        .extracting(ConsumerRecord::value)
        .containsExactly(StatusJson.write(second), null);
  }

  @Test
  void statusStore_findsWhatWasCommitted_ofItsHomes() {
    Status status = status(0);
    try (KafkaSink sink = sink("found")) {
      sink.changes(status("other", null));
      sink.changes(status(status.key(), status));
      sink.commit(read(Map.of()));
      sink.changes(status(status.key(), null)); // not committed
    }
    KafkaStatusStore store = new KafkaStatusStore(client(), "found-status");

    assertThat(store.of(Set.of(Given.PARTITION))).containsExactly(status);
    assertThat(store.of(Set.of(new Partition("reports", 1)))).isEmpty();
  }

  @Test
  void discard_forgetsWhatWasTaken() {
    try (KafkaSink sink = sink("discarded")) {
      sink.changes(Changes.of(List.of(event(0))));
      sink.discard();
      sink.changes(Changes.of(List.of(event(1))));
      sink.commit(read(Map.of()));
    }

    assertThat(read("discarded")).extracting(KafkaSinkIT::id).containsExactly(event(1).id());
  }

  private static Progress read(Map<Partition, ReadPosition> positions) {
    return new Progress(positions, Map.of());
  }

  private static Changes status(String key, Status status) {
    Map<String, Status> statuses = new HashMap<>();
    statuses.put(key, status);
    return new Changes(List.of(), statuses);
  }

  private static Status status(int n) {
    return new Lifecycle(Given.PARTITION)
        .window(
            Given.contract(),
            Given.window(n, 3),
            List.of(Given.verdict(Verdict.Kind.VIOLATED)),
            Given.REVISION)
        .statuses()
        .values()
        .iterator()
        .next();
  }

  @Test
  void constructor_saysWhatIsWrong_whenThePropertiesAre() {
    KafkaSink.Settings settings = settings("wrong", Map.of("bootstrap.servers", "nowhere"));

    assertThatThrownBy(() -> new KafkaSink(settings, () -> null))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("nowhere");
  }

  private static Event event(int n) {
    Event event =
        new Lifecycle(Given.PARTITION)
            .window(
                Given.contract(),
                Given.window(n, 3),
                List.of(Given.verdict(Verdict.Kind.VIOLATED)),
                Given.REVISION)
            .events()
            .get(0);
    EventSchema.assertValid(event);
    return event;
  }

  private KafkaSink sink(String name) {
    try (Topics topics = new Topics(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      topics.ensure(name, Optional.empty(), Map.of());
      topics.ensure(name + "-status", Optional.of(1), Map.of());
      topics.ensure(name + "-dead", Optional.empty(), Map.of("max.message.bytes", "34000000"));
    }
    return new KafkaSink(
        settings(name, Map.of("bootstrap.servers", broker.bootstrapServers())), () -> member(name));
  }

  /** Of a group without members, which takes anybody's offsets. */
  private static ConsumerGroupMetadata member(String group) {
    Map<String, Object> properties = new HashMap<>(client());
    properties.put("group.id", group);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.groupMetadata();
    }
  }

  private KafkaSink.Settings settings(String name, Map<String, String> client) {
    return new KafkaSink.Settings(
        client,
        name,
        new TopicsConfig(
            List.of("reports"),
            name,
            name + "-status",
            name + "-state",
            name + "-dead",
            name + "-by-application",
            Rekey.AUTO),
        limits,
        URI.create("/qoa/engine"));
  }

  private static Map<String, Object> client() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return Topic.read(broker.bootstrapServers(), topic);
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(String group) throws Exception {
    try (Admin admin = Admin.create(client())) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    }
  }

  private static List<String> headers(ConsumerRecord<byte[], byte[]> message) {
    List<String> headers = new ArrayList<>();
    for (Header header : message.headers()) {
      headers.add(header.key() + "=" + (header.value() == null ? null : text(header.value())));
    }
    return headers;
  }

  private static String id(ConsumerRecord<byte[], byte[]> message) {
    return text(message.headers().lastHeader("ce_id").value());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
