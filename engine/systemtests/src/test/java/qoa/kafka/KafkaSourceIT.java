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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;
import qoa.core.read.AnyPartitions;
import qoa.demo.EmbeddedBroker;
import qoa.systemtests.SharedBroker;

@Execution(ExecutionMode.CONCURRENT)
class KafkaSourceIT {

  private static final String LAGGING = "lagging-source";

  /** Also the name of the group. */
  private static final String GROWING = "growing-source";

  private static final String KEYED = GROWING + "-by-application";
  private static final Partition PARTITION = new Partition(GROWING, 0);

  /** What a consumer knows by itself is what it was told with the last messages. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void lagNow_knowsOfMessagesThatNobodyFetchedYet() throws Exception {
    EmbeddedBroker broker = SharedBroker.get();
    broker.createTopic(LAGGING, 1, Map.of());
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaSource source = new KafkaSource(client, List.of(LAGGING), null)) {
      source.open(new AnyPartitions());
      send(client, 2);
      int read = 0;
      while (read < 2 || source.lag().getOrDefault(new Partition(LAGGING, 0), 1L) > 0) {
        read += source.poll(100).size();
      }
      send(client, 3);

      assertThat(source.lag()).containsEntry(new Partition(LAGGING, 0), 0L);
      assertThat(source.lagNow()).containsEntry(new Partition(LAGGING, 0), 3L);
    }
  }

  /**
   * The leader of the group is a static member that was away while the topic grew: it is given what
   * it had, and the group does not look for new partitions any more.
   */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void leavesTheGroup_whereNobodyReadsAPartition() throws Exception {
    EmbeddedBroker broker = SharedBroker.get();
    broker.createTopic(GROWING, 1, Map.of());
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "group.id",
            GROWING,
            "group.instance.id",
            "engine-1");
    try (KafkaSource source = new KafkaSource(client, List.of(GROWING), null)) {
      assertThat(readsAfterAWhile(source)).containsExactly(PARTITION);
      assertThat(source.sourcePartitionsNow()).containsExactly(PARTITION);
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createPartitions(Map.of(GROWING, NewPartitions.increaseTo(2))).all().get();
    }

    try (KafkaSource source = new KafkaSource(client, List.of(GROWING), null)) {
      assertThat(readsAfterAWhile(source)).containsExactly(PARTITION);
      assertThatThrownBy(source::sourcePartitionsNow)
          .isInstanceOf(BrokerException.class)
          .hasMessage("no engine of group growing-source reads [growing-source-1]");
    }
    try (KafkaSource source = new KafkaSource(client, List.of(GROWING), null)) {
      assertThat(readsAfterAWhile(source)).containsExactly(PARTITION, new Partition(GROWING, 1));
      assertThat(source.sourcePartitionsNow()).hasSize(2);
    }
    // Re-keying begins: nobody has read that topic before.
    broker.createTopic(KEYED, 1, Map.of());
    try (KafkaSource source = new KafkaSource(client, List.of(GROWING), KEYED)) {
      readsAfterAWhile(source);
      assertThatThrownBy(source::sourcePartitionsNow)
          .hasMessage("no engine of group growing-source reads [" + KEYED + "-0]");
    }
    try (KafkaSource source = new KafkaSource(client, List.of(GROWING), KEYED)) {
      assertThat(readsAfterAWhile(source)).contains(new Partition(KEYED, 0));
      assertThat(source.sourcePartitionsNow()).hasSize(2);
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
        producer.send(new ProducerRecord<>(LAGGING, new byte[] {1})).get();
      }
    }
  }
}
