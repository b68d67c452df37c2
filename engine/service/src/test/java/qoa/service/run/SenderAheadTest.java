package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import qoa.core.model.Partition;

/** One sender's clock that is ahead, by anything, makes no report of the others late. */
class SenderAheadTest {

  private static final Partition REPORTS = new Partition("reports", 0);
  private static final long TEN = 1_795_428_000_000L;

  /** How the clock of one of the senders is wrong. */
  private enum Wrong {
    IN_REPORTS,
    IN_REPORTS_AND_RECORDS,
    AT_TIMES,
    WITHOUT_RECORD_TIMES
  }

  @Property(tries = 200)
  void noOtherReportIsLate(
      @ForAll Wrong wrong,
      @ForAll @IntRange(min = 2, max = 5) int senders,
      @ForAll @IntRange(min = 3, max = 5_000) int secondsAhead,
      @ForAll boolean cut,
      @ForAll Random random)
      throws InterruptedException {
    KafkaInMemory kafka = new KafkaInMemory(List.of(REPORTS), 0);
    Member member =
        new Member(
            kafka,
            Set.of(REPORTS),
            Set.of(),
            GivenContracts.revision(
                List.of(GivenContracts.contract("windows", "a", GivenContracts.TEN_SECONDS, 50))));
    long now = TEN;
    List<Integer> turn = new ArrayList<>();
    for (int report = 0; report < 120; report++) {
      if (turn.isEmpty()) {
        for (int sender = 0; sender < senders; sender++) {
          turn.add(sender);
        }
        Collections.shuffle(turn, random);
      }
      int sender = turn.remove(0);
      now += 400;
      send(kafka, sender, wrong, now, secondsAhead, random);
      member.poll(now);
      member.commit(now);
      if (cut && random.nextInt(10) == 0) {
        member.crash();
        member.poll(now);
      }
    }
    assertThat(kafka.events).noneMatch(event -> event.evaluation().late());
    assertThat(member.summary().read().late()).isZero();
    assertThat(kafka.events)
        .as("windows of the others are judged in time")
        .anyMatch(event -> event.evaluation().window().start() == TEN + 20_000 || senders == 2);
  }

  private static void send(
      KafkaInMemory kafka, int sender, Wrong wrong, long now, int secondsAhead, Random random) {
    long ahead = sender == 0 ? secondsAhead * 1_000L : 0;
    if (wrong == Wrong.AT_TIMES && random.nextInt(5) > 0) {
      ahead = 0;
    }
    boolean isDeadLetter = wrong == Wrong.IN_REPORTS || wrong == Wrong.AT_TIMES;
    if (isDeadLetter) {
      ahead = Math.min(ahead, 299_000);
    }
    long time =
        switch (wrong) {
          case IN_REPORTS, AT_TIMES -> now;
          case IN_REPORTS_AND_RECORDS -> now + ahead;
          case WITHOUT_RECORD_TIMES -> 0;
        };
    kafka.send(REPORTS, time, GivenContracts.report("a", "stage-" + sender, now + ahead, 90));
  }
}
