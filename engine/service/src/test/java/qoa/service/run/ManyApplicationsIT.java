package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import qoa.core.decode.ReportDecoder;
import qoa.core.engine.Engine;
import qoa.core.evaluate.Revision;
import qoa.core.lifecycle.Changes;
import qoa.core.lifecycle.Event;
import qoa.core.model.DeadLetter;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.settings.LimitsConfig;
import qoa.core.sink.Decision;
import qoa.core.sink.Sink;

/** There is no bound on applications but memory's; those that no contract names take none of it. */
class ManyApplicationsIT {

  private static final Partition REPORTS = new Partition("reports", 0);
  private static final long TEN = 1_795_428_000_000L;
  private static final int APPLICATIONS = 10_000;

  /** Names of more than 500 bytes, of which any two differ in their last characters alone. */
  private static final String PREFIX = "a".repeat(500);

  private final Revision revision =
      GivenContracts.revision(
          List.of(GivenContracts.contract("all", "*", GivenContracts.TEN_SECONDS, 50)));

  @Test
  void restart_bringsTheSameEvents_with10000ApplicationsInOneWindow() throws Exception {
    Map<String, String> whole = play(false);
    Map<String, String> cut = play(true);
    assertThat(whole).hasSize(5 * APPLICATIONS);
    assertThat(cut).isEqualTo(whole);
  }

  private Map<String, String> play(boolean cut) throws InterruptedException {
    KafkaInMemory kafka = new KafkaInMemory(List.of(REPORTS), 0);
    Member member = new Member(kafka, Set.of(REPORTS), Set.of(), revision);
    long now = TEN + 2_000;
    send(kafka, 1_000, now);
    member.poll(now);
    member.commit(now);
    if (cut) {
      long start = System.nanoTime();
      member.crash();
      member.poll(now);
      member.commit(now);
      System.out.printf(
          "ManyApplicationsIT: %d applications with open windows, restarted in %d ms%n",
          APPLICATIONS, (System.nanoTime() - start) / 1_000_000);
    }
    send(kafka, 2_000, now);
    member.poll(now);
    for (int tick = 0; tick < 25; tick++) {
      now += 3_000;
      member.tick(now);
      member.commit(now);
    }
    if (cut) {
      member.crash();
    }
    send(kafka, 3_000, now); // late: their windows are closed, which the state alone knows
    member.poll(now);
    member.commit(now);
    Map<String, String> events = new TreeMap<>();
    for (Event event : kafka.events) {
      assertThat(
              events.put(
                  event.id(),
                  event.type()
                      + " "
                      + event.evaluation().reports()
                      + " "
                      + event.verdict().finding().observed()))
          .isNull();
    }
    return events;
  }

  private static void send(KafkaInMemory kafka, int millis, long now) {
    for (int i = 0; i < APPLICATIONS; i++) {
      kafka.send(
          REPORTS,
          now,
          GivenContracts.report(PREFIX + i, "odd", TEN + millis, 60 + millis / 1_000));
    }
  }

  /** 200,000 of them here; {@code -Dqoa.applications=1000000} for more. */
  @Test
  void applicationsWithoutContract_takeNoMemory_andNoTime() {
    Revision named =
        GivenContracts.revision(
            List.of(GivenContracts.contract("a", "a", GivenContracts.TEN_SECONDS, 50)));
    Engine engine =
        new Engine(
            named,
            new Engine.Settings(10_000, null),
            new ReportDecoder(LimitsConfig.defaults()),
            new ByMean(),
            new Nothing());
    int many = Integer.getInteger("qoa.applications", 200_000);
    feed(engine, 0, 10_000);
    long few = usedBytes();
    long fewStep = stepNanos(engine);
    feed(engine, 10_000, many);
    long kept = usedBytes() - few;
    System.out.printf(
        "ManyApplicationsIT: %,d applications without contract: %,d KB more than 10,000, a step"
            + " takes %,d ns, %,d with 10,000%n",
        many, kept / 1_024, stepNanos(engine), fewStep);
    assertThat(kept).isLessThan(8_000_000);
    assertThat(engine.summary().read().unmatched()).isEqualTo(many);
  }

  private static void feed(Engine engine, int from, int to) {
    for (int i = from; i < to; i++) {
      byte[] value =
          GivenContracts.report("nobody-" + i, "odd", TEN, 1).getBytes(StandardCharsets.UTF_8);
      engine.take(new RawReport(REPORTS, i, TEN, null, value, List.of()), TEN);
      if (i % 1_000 == 0) {
        engine.advance(TEN);
        engine.progress(TEN);
        engine.settle();
      }
    }
  }

  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least =
          Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }

  private static long stepNanos(Engine engine) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      engine.advance(TEN);
      engine.progress(TEN);
      engine.settle();
      least = Math.min(least, System.nanoTime() - start);
    }
    return least;
  }

  private static final class Nothing implements Sink {
    @Override
    public void decision(Decision decision) {}

    @Override
    public void changes(Changes changes) {}

    @Override
    public void deadLetter(DeadLetter deadLetter) {}
  }
}
