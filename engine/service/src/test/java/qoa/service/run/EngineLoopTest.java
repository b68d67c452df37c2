package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.contracts.Contract;
import qoa.core.contracts.Schedule;
import qoa.core.decode.ReportDecoder;
import qoa.core.engine.Engine;
import qoa.core.engine.LiveOutlet;
import qoa.core.evaluate.Revision;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;
import qoa.core.model.StateKey;
import qoa.core.settings.LimitsConfig;
import qoa.kafka.BrokerException;
import qoa.service.http.Health;
import qoa.service.metrics.PrometheusMetrics;

/** A script tells what happens in each poll; the loop ends with it. */
class EngineLoopTest {

  private static final long TEN = 1_795_428_000_000L;
  private static final long COMMIT_MILLIS = 10_000;
  private static final long SLOW_MILLIS = 60_000;
  private static final long AWAY_POLL_MILLIS = 250;
  private static final int MANY = 40;

  /** How many partitions the topic has. */
  private static final StateKey SIZE = StateKey.of(new Partition("reports", -1));

  private static final Partition PARTITION = new Partition("reports", 0);
  private static final ReadPosition NOTHING = new ReadPosition(0, "");
  private static final Revision FIRST = revision(80);
  private static final Revision SECOND = revision(85);

  private final ByMean evaluator = new ByMean();
  private final PrometheusMetrics metrics = new PrometheusMetrics(100);
  private final Health health = new Health(List.of());
  private final InForce inForce = new InForce(FIRST, evaluator, metrics);
  private final KafkaInMemory kafka = new KafkaInMemory(List.of(PARTITION), 0);
  private final ScriptedSource script = new ScriptedSource(kafka, PARTITION);
  private final List<Thread> threads = new ArrayList<>();
  private long now = TEN;
  private EngineLoop loop;

  /** Judges each report of b, and windows of a. */
  private static Revision revision(int most) {
    Contract windows = GivenContracts.contract("a", "a", GivenContracts.TEN_SECONDS, 50);
    Contract each = GivenContracts.contract("b", "b", new Schedule.EachReport(), most);
    return GivenContracts.revision(List.of(windows, each));
  }

  @Test
  void commitsWhatWasJudged_atTheEnd() throws InterruptedException {
    script.then(() -> send(90)).then();
    run();
    assertThat(observed()).containsExactly(90);
    assertThat(kafka.committed.get(PARTITION).offset()).isEqualTo(1);
  }

  @Test
  void commitsInItsInterval() throws InterruptedException {
    script
        .then(() -> send(90))
        .then()
        .then(() -> assertThat(kafka.events).isEmpty())
        .then(() -> now += COMMIT_MILLIS)
        .then(() -> assertThat(observed()).containsExactly(90));
    run();
  }

  @Test
  void pausesAndKeepsPolling_whileTheEvaluatorIsAway() throws InterruptedException {
    script
        .then(() -> send(90))
        .then(() -> evaluator.away = 3)
        .then(
            () -> {
              send(91);
              now += COMMIT_MILLIS;
              assertThat(script.pauses).containsExactly(true);
              assertThat(health.causes()).containsEntry(Service.EVALUATOR, "away");
            })
        .then()
        .then(() -> assertThat(kafka.events).isEmpty())
        .then(() -> assertThat(script.pauses).containsExactly(true, false))
        .then();
    run();

    assertThat(script.timeouts.subList(2, 5)).containsOnly(AWAY_POLL_MILLIS);
    assertThat(script.timeouts.get(5)).isLessThan(AWAY_POLL_MILLIS);
    assertThat(health.causes()).isEmpty();
    assertThat(observed()).containsExactly(90, 91);
    assertThat(script.rewinds).isZero();
  }

  @Test
  void commitsWhatWasJudged_andGoesOn_whereARevisionIsReplaced() throws InterruptedException {
    script
        .then(() -> send(90))
        .then(() -> replace(SECOND)) // 90 is judged in this step
        .then(
            () -> {
              assertThat(observed()).containsExactly(90);
              assertThat(script.rewinds).isEqualTo(1);
              send(84);
              send(86);
            })
        .then();
    run();

    assertThat(revisions()).containsExactly(FIRST.id(), SECOND.id());
    assertThat(observed()).containsExactly(90, 86);
    assertThat(kafka.committed.get(PARTITION).offset()).isEqualTo(3);
  }

  @Test
  void judgesAnew_whatWasDueWhenARevisionWasReplaced() throws InterruptedException {
    script
        .then(() -> send(90))
        .then(() -> evaluator.away = 3)
        .then(() -> replace(SECOND))
        .then(() -> assertThat(kafka.committed.get(PARTITION).offset()).isZero())
        .then()
        .then();
    run();

    assertThat(revisions()).containsExactly(SECOND.id());
    assertThat(observed()).containsExactly(90);
    assertThat(evaluator.evaluated).hasSize(1);
    assertThat(script.pauses).endsWith(false);
  }

  @Test
  void commitsBeforeItGivesHomesUp() throws InterruptedException {
    script
        .then(() -> send(90))
        .then()
        .then(
            () -> {
              script.listener.revoked(Set.of(PARTITION));
              assertThat(observed()).containsExactly(90);
              assertThat(kafka.committed.get(PARTITION).offset()).isEqualTo(1);
            })
        .then();
    run();
    assertThat(script.rewinds).isZero();
  }

  @Test
  void leavesWhatIsDueToOthers_whereTheEvaluatorIsAway() throws InterruptedException {
    script
        .then(() -> send(90))
        .then(() -> evaluator.away = 2)
        .then(
            () -> {
              script.listener.revoked(Set.of(PARTITION));
              assertThat(kafka.committed.get(PARTITION).offset()).isZero();
            })
        .then(() -> assertThat(script.rewinds).isEqualTo(1))
        .then();
    run();
    assertThat(observed()).containsExactly(90);
  }

  @Test
  void throwsAway_whatRestsOnLostHomes_andReadsItAgain() throws InterruptedException {
    script
        .then(() -> send(90))
        .then()
        .then(
            () -> {
              script.listener.lost(Set.of(PARTITION));
              assertThat(kafka.events).isEmpty();
              send(91);
            })
        .then(() -> assertThat(script.rewinds).isEqualTo(1))
        .then();
    run();
    assertThat(observed()).containsExactly(90, 91);
  }

  @Test
  void commitsWhatAnEngineBeginsWith_whereHomesWereLostBefore() throws InterruptedException {
    script.then(() -> script.listener.lost(Set.of(PARTITION))).then().then();
    run();
    assertThat(kafka.states).containsEntry(SIZE, "1");
  }

  /** Windows were closed without what may have come to the new partition. */
  @Test
  void commitsNothing_whereTheTopicHasGrown() {
    script
        .then(() -> send(90))
        .then(
            () ->
                script.grown =
                    Set.of(PARTITION, new Partition(PARTITION.topic(), PARTITION.partition() + 1)))
        .then(() -> now += 2 * COMMIT_MILLIS)
        .then();
    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            BrokerException.class, e -> assertThat(e.isLasting()).as("lasting").isFalse());
    assertThat(kafka.events).isEmpty();
  }

  @Test
  void takesNothingIn_whereHomesWereLostInThatPoll() throws InterruptedException {
    script.then(() -> send(90)).then(() -> script.listener.lost(Set.of(PARTITION))).then().then();
    run();
    assertThat(evaluator.evaluated).hasSize(1);
    assertThat(observed()).containsExactly(90);
  }

  @Test
  void commitsNothing_whereSomethingIsDueAtTheEnd_norAfterIt() throws InterruptedException {
    script.then(() -> send(90)).then(() -> evaluator.away = 2);
    run();
    assertThat(kafka.committed.get(PARTITION).offset()).isZero();

    script.listener.revoked(Set.of(PARTITION));
    script.listener.lost(Set.of(PARTITION));

    assertThat(kafka.events).isEmpty();
    assertThat(kafka.committed.get(PARTITION).offset()).isZero();
  }

  /** Steps of so many milliseconds; then how many windows of the silent application are judged. */
  @ParameterizedTest
  @CsvSource({"900, 50, 2", "3000, 20, 0"})
  void silenceCounts_onlyWhileItLooks(long step, int steps, int windows)
      throws InterruptedException {
    script.then(() -> kafka.send(PARTITION, GivenContracts.report("a", "s", TEN, 10)));
    for (int i = 0; i < steps; i++) {
      script.then(() -> now += step);
    }
    run();
    assertThat(evaluator.evaluated).hasSize(windows);
  }

  @Test
  void saysThatACommitWaits() throws InterruptedException {
    List<Optional<String>> answers = new ArrayList<>();
    kafka.committing =
        () -> {
          answers.add(loop.trouble());
          now += 2_000;
          answers.add(loop.trouble());
        };
    script.then();
    run();
    assertThat(answers.subList(0, 2))
        .containsExactly(Optional.empty(), Optional.of("a commit has waited for Kafka for 2 s"));
    assertThat(loop.trouble()).isEmpty();
  }

  @Test
  void commitsInTheMiddleOfAPoll_andPollsBetweenSlices() throws InterruptedException {
    Set<Long> commits = new TreeSet<>();
    evaluator.most = 2;
    script.then(this::sendMany);
    for (int i = 0; i < MANY; i++) {
      script.then(
          () -> {
            now += COMMIT_MILLIS;
            commits.add(kafka.committed.getOrDefault(PARTITION, NOTHING).offset());
          });
    }
    run();

    assertThat(commits).hasSizeGreaterThan(2);
    assertThat(commits).contains((long) MANY);
    assertManyObservedOnce();
    assertThat(script.pauses).containsExactly(true, false);
    assertThat(script.timeouts.subList(2, 9)).containsOnly(0L);
    assertThat(script.timeouts.get(MANY)).isPositive();
    assertThat(script.rewinds).isZero();
  }

  @Test
  void takesLittleIn_wherePoliciesTurnOutSlow_soThatItCanCommitSoon() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      script.then(this::sendMany); // all is fast
    }
    List<Long> commits = new ArrayList<>();
    script.then(() -> evaluator.most = 1).then(this::sendMany);
    for (int i = 0; i < 3 * MANY; i++) {
      script.then(
          () -> {
            now += COMMIT_MILLIS;
            commits.add(kafka.committed.get(PARTITION).offset());
          });
    }
    run();
    assertThat(new TreeSet<>(commits)).hasSizeGreaterThan(MANY / 4);
    assertThat(commits).endsWith(6L * MANY);
    assertThat(observed()).hasSize(6 * MANY);
  }

  /** What happens in the middle of a poll's reports, when so many polls were made meanwhile. */
  @ParameterizedTest
  @CsvSource({"5, revoked", "12, revoked", "5, lost", "12, lost", "5, away", "12, away"})
  void judgesEachOnce_whateverHappensInTheMiddleOfAPoll(int after, String what)
      throws InterruptedException {
    evaluator.most = 2;
    script.then(this::sendMany);
    for (int i = 0; i < after; i++) {
      script.then(() -> now += COMMIT_MILLIS);
    }
    script.then(
        () -> {
          switch (what) {
            case "revoked" -> {
              script.listener.revoked(Set.of(PARTITION));
              script.assign();
            }
            case "lost" -> script.listener.lost(Set.of(PARTITION));
            default -> evaluator.away = 3;
          }
        });
    for (int i = 0; i < MANY; i++) {
      script.then();
    }
    run();
    assertManyObservedOnce();
    assertThat(kafka.committed.get(PARTITION).offset()).isEqualTo(MANY);
    assertThat(health.causes()).isEmpty();
  }

  @Test
  void judgesTheRestByTheNewRevision_whereOneComesInTheMiddleOfAPoll() throws InterruptedException {
    evaluator.most = 2;
    script.then(this::sendMany);
    for (int i = 0; i < 12; i++) {
      script.then(() -> now += COMMIT_MILLIS);
    }
    script.then(() -> replace(SECOND));
    for (int i = 0; i < MANY; i++) {
      script.then();
    }
    run();
    assertManyObservedOnce();
    assertThat(Set.copyOf(revisions())).containsExactlyInAnyOrder(FIRST.id(), SECOND.id());
  }

  @Test
  void endsInTheMiddleOfAPoll_andAnotherGoesOn() throws InterruptedException {
    evaluator.most = 2;
    script.then(this::sendMany);
    for (int i = 0; i < 11; i++) {
      script.then(() -> now += COMMIT_MILLIS);
    }
    run();
    assertThat(kafka.committed.get(PARTITION).offset()).isBetween(1L, MANY - 1L);

    for (int i = 0; i < MANY; i++) {
      script.then();
    }
    run();
    assertManyObservedOnce();
  }

  /** What was polled and waits is as good as unread: nobody was silent. */
  @Test
  void holdsWindowsOpen_whileReportsOfAPollWait() throws InterruptedException {
    script.then(() -> kafka.send(PARTITION, GivenContracts.report("a", "s", TEN, 10)));
    for (int i = 0; i < 22; i++) {
      script.then(() -> now += 900);
    }
    script.then(
        () -> {
          evaluator.most = 1;
          sendMany();
          kafka.send(PARTITION, GivenContracts.report("a", "s", TEN + 5_000, 20));
          kafka.send(PARTITION, GivenContracts.report("a", "s", TEN + 100_000, 20));
        });
    for (int i = 0; i < 2 * MANY; i++) {
      script.then(() -> now += 900);
    }
    run();
    assertThat(
            evaluator.evaluated.stream()
                .filter(evaluation -> evaluation.contract().id().equals("a"))
                .map(evaluation -> evaluation.input().summary().reports())
                .findFirst())
        .contains(2L);
  }

  @Test
  void saysThatReportsWaitForPolicies() throws InterruptedException {
    List<Optional<String>> answers = new ArrayList<>();
    evaluator.most = 1;
    script.then(this::sendMany);
    for (int i = 0; i < MANY + 4; i++) {
      script.then(
          () -> {
            answers.add(loop.slowness());
            now += 4_000;
          });
    }
    run();
    assertThat(answers.subList(0, 15)).containsOnly(Optional.empty());
    assertThat(answers.get(20).orElseThrow())
        .matches("policies take \\d+ ms a report; \\d+ more.*");
    assertThat(answers.get(MANY + 3)).isEmpty();
  }

  /** Reports of b that are all violations, each with a value of its own. */
  private void sendMany() {
    for (int i = 0; i < MANY; i++) {
      kafka.send(PARTITION, GivenContracts.report("b", "s", now, 100 + i));
    }
  }

  private void assertManyObservedOnce() {
    assertThat(observed()).isEqualTo(IntStream.range(100, 100 + MANY).boxed().toList());
  }

  private void send(int value) {
    kafka.send(PARTITION, GivenContracts.report("b", "s", now, value));
  }

  /** Another thread replaces it as soon as this step is over. */
  private void replace(Revision next) {
    Thread thread =
        new Thread(
            () -> {
              try {
                inForce.replace(next);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    threads.add(thread);
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private void run() throws InterruptedException {
    KafkaInMemory.Producer sink = kafka.producer();
    Engine.Settings settings = new Engine.Settings(Member.IDLE, null);
    loop =
        new EngineLoop(
            new EngineLoop.Parts(
                inForce,
                revision -> {
                  sink.state(SIZE, "1"); // as a worker does
                  return new Engine(
                      revision,
                      settings,
                      new ReportDecoder(LimitsConfig.defaults()),
                      evaluator,
                      sink);
                },
                script,
                new LiveOutlet(sink, metrics),
                kafka.stores(),
                sources -> sources,
                metrics,
                health,
                trouble -> {},
                COMMIT_MILLIS,
                SLOW_MILLIS,
                new Now()));
    script.atEnd(loop::stop);
    loop.run();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private List<Integer> observed() {
    return kafka.events.stream()
        .filter(event -> event.promise().stage() == null)
        .map(event -> event.verdict().finding().observed().intValue())
        .toList();
  }

  private List<String> revisions() {
    return kafka.events.stream()
        .filter(event -> event.promise().stage() == null)
        .map(event -> event.evaluation().policy().revision())
        .toList();
  }

  /** The clock of the test. */
  private final class Now extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(now);
    }
  }
}
