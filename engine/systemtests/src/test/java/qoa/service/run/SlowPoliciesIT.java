package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import qoa.demo.EmbeddedBroker;
import qoa.kafka.Rekey;
import qoa.service.config.Evaluator;
import qoa.systemtests.SharedBroker;
import qoa.testing.Await;

/**
 * Policies so slow that one poll's reports take several times {@code max.poll.interval.ms}: the
 * engine keeps its partitions, commits, and answers who asks it to give them up.
 */
class SlowPoliciesIT {

  private static final int CONTRACTS = 8;

  /** More than any machine judges while a test runs, and no more than one poll brings. */
  private static final int REPORTS = 2_000;

  private static final long MAX_POLL_MILLIS = 3_000;
  private static final long LONG_NANOS = 2_000_000 * MAX_POLL_MILLIS;

  @TempDir private Path folder;
  private final EmbeddedBroker broker = SharedBroker.get();
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));

  /** Offsets that were committed, of all partitions, and members that the group had. */
  private final Set<Long> commits = new TreeSet<>();

  private final Set<String> members = new HashSet<>();

  /** Of the group and, with something after it, of the topics. */
  private String name;

  @BeforeEach
  void writeContracts(TestInfo test) throws Exception {
    name = test.getTestMethod().orElseThrow().getName();
    Files.writeString(
        folder.resolve("slow.rego"),
        """
        package slow

        violation contains {"constraint": "burns", "stakeholder": "provider", "observed": sum} if {
          sum := count([x | some x in numbers.range(1, 8000); x % 7 == input.reports])
        }
        """);
    for (int i = 0; i < CONTRACTS; i++) {
      Files.writeString(
          folder.resolve("contract-%d.yaml".formatted(i)),
          """
          id: contract-%d
          version: 1.0.0
          application: shop
          policy: slow
          evaluate: {each: report}
          stakeholders: [{id: provider, roles: [ml_provider]}]
          """
              .formatted(i));
    }
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void keepsItsPartitions_andCommits_whileAPollTakesLong() throws Exception {
    send(1);
    try (RunningEngine engine = engine()) {
      awaitCommitted(1, engine);
      long start = System.nanoTime();
      Await.until(
          () -> "commits for a long time: %s, %s".formatted(commits, engine.get("/health/ready")),
          Await.LONG,
          () -> {
            watch();
            return System.nanoTime() - start > LONG_NANOS && commits.size() > 6;
          });
      assertThat(members).hasSize(1);
      assertThat(engine.get("/health/ready")).contains("policies take");
    }
    assertCommittedAreJudgedOnce();
  }

  @Test
  void endsSoon_andGivesPartitionsUpSoon_whileAPollTakesLong() throws Exception {
    send(2);
    try (RunningEngine first = engine()) {
      awaitCommitted(1, first);
      assertAnswersSoon(first::close);
    }
    long before = watch();
    try (RunningEngine second = engine()) {
      awaitCommitted(before + 1, second);
      try (RunningEngine third = engine()) {
        Await.until(
            () -> "two members, each with a partition: " + third.get("/health/ready"),
            Await.LONG,
            () -> third.service().health().causes().isEmpty());
        awaitCommitted(watch() + 10, third);
        assertAnswersSoon(second::close);
      }
    }
    assertCommittedAreJudgedOnce();
  }

  private static void assertAnswersSoon(Runnable step) {
    long start = System.nanoTime();
    step.run();
    assertThat(System.nanoTime() - start).isLessThan(LONG_NANOS / 2);
  }

  private void awaitCommitted(long reports, RunningEngine engine) throws Exception {
    Await.until(
        () -> "%d reports committed: %s".formatted(reports, engine.get("/health/ready")),
        Await.LONG,
        () -> watch() >= reports);
  }

  private RunningEngine engine() throws Exception {
    Map<String, String> consumer =
        Map.of("max.poll.interval.ms", String.valueOf(MAX_POLL_MILLIS), "max.poll.records", "4000");
    return new RunningEngine(
        broker,
        RunningEngine.reports(name),
        name,
        folder,
        folder,
        Evaluator.PLAN,
        Rekey.NEVER,
        consumer);
  }

  /** Takes note of what the group has committed and of who is in it; all that is committed. */
  private long watch() throws Exception {
    try {
      Collection<OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata().get().values();
      var group = admin.describeConsumerGroups(List.of(name)).all().get().get(name);
      group.members().forEach(member -> members.add(member.consumerId()));
      long committed = offsets.stream().mapToLong(OffsetAndMetadata::offset).sum();
      commits.add(committed);
      return committed;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(GroupIdNotFoundException.class); // none has joined it yet
      return 0;
    }
  }

  private void send(int partitions) throws Exception {
    broker.createTopic(RunningEngine.reports(name), partitions, Map.of());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < REPORTS; i++) {
        String report = GivenContracts.report("shop", "s", 1_795_000_000_000L + i, i);
        byte[] value = report.getBytes(StandardCharsets.UTF_8);
        var unused =
            producer.send(
                new ProducerRecord<>(RunningEngine.reports(name), i % partitions, null, value),
                (at, e) -> assertThat(e).isNull());
      }
    }
  }

  private void assertCommittedAreJudgedOnce() throws Exception {
    long committed = watch();
    assertThat(committed).isBetween(1L, REPORTS - 1L);
    assertThat(RunningEngine.events(broker, name))
        .extracting(RunningEngine.Message::id)
        .hasSize((int) committed * CONTRACTS)
        .doesNotHaveDuplicates();
  }
}
