package qoa.kafka;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;
import qoa.core.read.AnyPartitions;
import qoa.demo.EmbeddedBroker;

class KafkaSourceIT {

  private static final String TOPIC = "reports";
  private static final String KEYED = "by-application";
  private static final Partition HOME = new Partition(TOPIC, 0);

  /** What a consumer knows by itself is what it was told with the last messages. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void lagNow_knowsOfMessagesThatNobodyFetchedYet() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(Map.of())) {
      Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(client)) {
        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      }
      try (KafkaSource source = new KafkaSource(client, List.of(TOPIC), null)) {
        source.open(new AnyPartitions());
        send(client, 2);
        int read = 0;
        while (read < 2 || source.lag().getOrDefault(HOME, 1L) > 0) {
          read += source.poll(100).size();
        }
        send(client, 3);

        assertThat(source.lag()).containsEntry(HOME, 0L);
        assertThat(source.lagNow()).containsEntry(HOME, 3L);
      }
    }
  }

  /**
   * The leader of the group is a static member that was away while the topic grew: it is given what
   * it had, and the group does not look for new partitions any more.
   */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void leavesTheGroup_whereNobodyReadsAPartition() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(Map.of())) {
      broker.createTopic(TOPIC, 1, Map.of());
      Map<String, Object> client =
          Map.of(
              "bootstrap.servers",
              broker.bootstrapServers(),
              "group.id",
              "grown",
              "group.instance.id",
              "engine-1");
      try (KafkaSource source = new KafkaSource(client, List.of(TOPIC), null)) {
        assertThat(readsAfterAWhile(source)).containsExactly(HOME);
        assertThat(source.sourcesNow()).containsExactly(HOME);
      }
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        admin.createPartitions(Map.of(TOPIC, NewPartitions.increaseTo(2))).all().get();
      }

      try (KafkaSource source = new KafkaSource(client, List.of(TOPIC), null)) {
        assertThat(readsAfterAWhile(source)).containsExactly(HOME);
        assertThatThrownBy(source::sourcesNow)
            .isInstanceOf(BrokerException.class)
            .hasMessage("no engine of group grown reads [reports-1]");
      }
      try (KafkaSource source = new KafkaSource(client, List.of(TOPIC), null)) {
        assertThat(readsAfterAWhile(source)).containsExactly(HOME, new Partition(TOPIC, 1));
        assertThat(source.sourcesNow()).hasSize(2);
      }
      // Re-keying begins: nobody has read that topic before.
      broker.createTopic(KEYED, 1, Map.of());
      try (KafkaSource source = new KafkaSource(client, List.of(TOPIC), KEYED)) {
        readsAfterAWhile(source);
        assertThatThrownBy(source::sourcesNow)
            .hasMessage("no engine of group grown reads [" + KEYED + "-0]");
      }
      try (KafkaSource source = new KafkaSource(client, List.of(TOPIC), KEYED)) {
        assertThat(readsAfterAWhile(source)).contains(new Partition(KEYED, 0));
        assertThat(source.sourcesNow()).hasSize(2);
      }
    }
  }

  /** What it is given, when it has had the time to look at the topic again. */
  private static Set<Partition> readsAfterAWhile(KafkaSource source) {
    Set<Partition> reads =
        new TreeSet<>(comparing(Partition::topic).thenComparing(Partition::partition));
    source.open(
        new AnyPartitions() {
          @Override
          public void assigned(Map<Partition, ReadPosition> positions) {
            reads.addAll(positions.keySet());
          }
        });
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
    while (System.nanoTime() < end) {
      source.poll(100);
    }
    return reads;
  }

  @Test
  void properties_keepWhatExactlyOnceRestsOn_whateverTheFileSays() {
    Map<String, Object> properties =
        KafkaSource.properties(
            Map.of("isolation.level", "read_uncommitted", "session.timeout.ms", "45000"));

    assertThat(properties)
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("session.timeout.ms", "45000");
    assertThat(KafkaSource.properties(Map.of())).containsEntry("session.timeout.ms", 10_000);
  }

  private static void send(Map<String, Object> client, int messages) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < messages; i++) {
        producer.send(new ProducerRecord<>(TOPIC, new byte[] {1})).get();
      }
    }
  }
}
