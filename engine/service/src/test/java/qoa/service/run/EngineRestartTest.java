package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import qoa.core.contracts.Contract;
import qoa.core.contracts.Schedule;
import qoa.core.evaluate.Revision;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.EventSchema;
import qoa.core.model.Partition;
import qoa.core.model.Position;
import qoa.core.sink.Summary;

/**
 * A run that is cut at any points, and goes on from what was committed each time, commits what one
 * does that is never cut: the same events, each once, in the same order.
 */
class EngineRestartTest {

  private static final List<Partition> PARTITIONS =
      List.of(new Partition("reports", 0), new Partition("reports", 1));

  /** 2026-11-23T10:00:00Z. */
  private static final long TEN = 1_795_428_000_000L;

  /** Between two spells of reports; each of them and the silence after it is shorter. */
  private static final long SPELL_MILLIS = 900_000;

  private static final int GARBAGE = 100;

  private enum Then {
    GO_ON,
    JUDGE,
    FIND_EVALUATOR_AWAY,
    COMMIT,
    FALL_SILENT
  }

  /**
   * A report, and what comes after it.
   *
   * @param application its number
   * @param on milliseconds of event time after the one before
   * @param back milliseconds that it is out of order
   * @param copies 2 for one that is sent twice
   * @param cut 0 where the run is not cut after it; else the second of the silence in which it is
   */
  private record Arrival(
      int application, int on, int back, int value, int copies, Then then, int cut) {}

  private record Played(
      Map<Tuple.Tuple2<String, String>, List<Event>> events,
      Map<Partition, List<Long>> deadLetters,
      Set<Object> statuses,
      Summary summary) {}

  /** A fixed one: what must occur in the cases is counted, and must not depend on luck. */
  private static final String SEED = "2";

  @Property(tries = 120, shrinking = ShrinkingMode.BOUNDED, seed = SEED)
  void commitsTheSame_whereverItIsCut(@ForAll("arrivals") List<Arrival> arrivals)
      throws InterruptedException {
    Revision revision = GivenContracts.revision(GivenContracts.contracts());
    Played whole = new Run(revision, false).play(arrivals, -1, null);
    assertSame(new Run(revision, true).play(arrivals, -1, null), whole);

    List<Event> events = whole.events().values().stream().flatMap(List::stream).toList();
    assertThat(events).extracting(Event::id).doesNotHaveDuplicates();
    events.forEach(EventSchema::assertValid);
    occurs("late", whole.summary().read().late() > 0);
    occurs("dead letters", whole.summary().deadLetters() > 0);
    occurs("failed", whole.summary().evaluations().failed() > 0);
    for (Event.Type type : Event.Type.values()) {
      occurs(type.label(), events.stream().anyMatch(event -> event.type() == type));
    }
  }

  @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED, seed = SEED)
  void commitsTheSame_whereAContractIsChangedOrRemoved(
      @ForAll("arrivals") List<Arrival> arrivals,
      @ForAll @IntRange(max = 59) int at,
      @ForAll("changes") List<Contract> contracts)
      throws InterruptedException {
    Revision revision = GivenContracts.revision(GivenContracts.contracts());
    Revision later = GivenContracts.revision(contracts);
    int change = at % arrivals.size();
    Played whole = new Run(revision, false).play(arrivals, change, later);
    assertSame(new Run(revision, true).play(arrivals, change, later), whole);
    occurs(
        "ended",
        whole.events().values().stream()
            .flatMap(List::stream)
            .anyMatch(
                event ->
                    String.valueOf(event.verdict().finding().message())
                        .startsWith("the contract was")));
  }

  /** {@link KafkaInMemory} refuses a transaction that no zombie could be told by. */
  @Example
  void showsItsHomes_whereAllItTellsIsThatAContractEnded() throws InterruptedException {
    KafkaInMemory kafka = new KafkaInMemory(PARTITIONS, 0);
    Revision revision = GivenContracts.revision(GivenContracts.contracts());
    Member member = new Member(kafka, Set.copyOf(PARTITIONS), Set.of(), revision);
    for (int second = 0; second < 30; second++) {
      kafka.send(PARTITIONS.get(0), GivenContracts.report("a", "even", TEN + second * 1_000L, 100));
    }
    member.poll(TEN + 60_000);
    member.commit(TEN + 60_000);
    int before = kafka.events.size();

    member.renew(GivenContracts.revision(GivenContracts.without("a-windows")), TEN + 60_000);
    member.commit(TEN + 60_000);

    assertThat(kafka.events.subList(before, kafka.events.size()))
        .extracting(event -> event.verdict().finding().message())
        .contains("the contract was removed");
  }

  private static void assertSame(Played cut, Played whole) {
    assertThat(cut.events().keySet()).isEqualTo(whole.events().keySet());
    whole
        .events()
        .forEach((of, events) -> assertThat(cut.events().get(of)).as("%s", of).isEqualTo(events));
    assertThat(cut.deadLetters()).isEqualTo(whole.deadLetters());
    assertThat(cut.statuses()).isEqualTo(whole.statuses());
    assertThat(cut.summary()).isEqualTo(whole.summary());
  }

  /** The cases would prove nothing if they did not have it. */
  private static void occurs(String what, boolean here) {
    Statistics.label(what)
        .collect(here)
        .coverage(coverage -> coverage.check(true).count(count -> count > 0));
  }

  @Provide
  Arbitrary<List<Arrival>> arrivals() {
    Arbitrary<Integer> back =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(0)),
            Tuple.of(3, Arbitraries.integers().between(0, 4_000)),
            Tuple.of(1, Arbitraries.integers().between(4_000, 40_000)));
    Arbitrary<Integer> cut =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(0)), Tuple.of(1, Arbitraries.integers().between(1, 120)));
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 3_000),
            back,
            Arbitraries.integers().between(0, GARBAGE),
            Arbitraries.frequency(Tuple.of(9, 1), Tuple.of(1, 2)),
            Arbitraries.frequency(
                Tuple.of(10, Then.GO_ON),
                Tuple.of(4, Then.JUDGE),
                Tuple.of(1, Then.FIND_EVALUATOR_AWAY),
                Tuple.of(4, Then.COMMIT),
                Tuple.of(1, Then.FALL_SILENT)),
            cut)
        .as(Arrival::new)
        .list()
        .ofMinSize(10)
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Contract>> changes() {
    Schedule damped = new Schedule.Tumbling(10_000, 2_000, new Schedule.Damping(1, 3));
    return Arbitraries.of(
        GivenContracts.without("a-windows"),
        GivenContracts.without("all-windows"),
        GivenContracts.without("b-reports"),
        GivenContracts.with(
            GivenContracts.contract("a-windows", "a", GivenContracts.TEN_SECONDS, 60)),
        GivenContracts.with(GivenContracts.contract("a-damped", "a", damped, 45)),
        GivenContracts.with(
            GivenContracts.contract("all-windows", "*", new Schedule.Tumbling(11_000, 0), 55)),
        GivenContracts.with(
            GivenContracts.contract("a-windows", "b", GivenContracts.TEN_SECONDS, 50)),
        GivenContracts.with(
            GivenContracts.contract("b-reports", "b", new Schedule.EachReport(), 40)));
  }

  /** One run of a story. */
  private static final class Run {

    private final KafkaInMemory kafka = new KafkaInMemory(PARTITIONS, 0);
    private final Member member;
    private final boolean cuts;
    private long time;
    private long now;
    private int spells;

    Run(Revision revision, boolean cuts) {
      this.member = new Member(kafka, Set.copyOf(PARTITIONS), Set.of(), revision);
      this.cuts = cuts;
      beginSpell();
    }

    private void beginSpell() {
      time = TEN + spells * SPELL_MILLIS;
      now = time + 60_000;
      spells++;
    }

    Played play(List<Arrival> arrivals, int change, Revision later) throws InterruptedException {
      for (int i = 0; i < arrivals.size(); i++) {
        Arrival arrival = arrivals.get(i);
        send(arrival);
        now += 50;
        member.poll(now);
        go(arrival);
        if (i == change) {
          member.renew(later, now);
        }
        if (cuts && arrival.cut() > 0) {
          crash();
        }
      }
      silence(0);
      return played();
    }

    private void send(Arrival arrival) {
      time += arrival.on();
      String text =
          arrival.value() == GARBAGE
              ? "garbage"
              : GivenContracts.report(
                  GivenContracts.APPLICATIONS.get(arrival.application()),
                  arrival.value() % 2 == 0 ? "even" : "odd",
                  time - arrival.back(),
                  arrival.value());
      for (int copy = 0; copy < arrival.copies(); copy++) {
        kafka.send(PARTITIONS.get(arrival.application() % PARTITIONS.size()), text);
      }
    }

    private void go(Arrival arrival) throws InterruptedException {
      switch (arrival.then()) {
        case GO_ON -> {}
        case JUDGE -> member.judge();
        case FIND_EVALUATOR_AWAY -> {
          member.evaluator.away = 2;
          member.judge();
        }
        case COMMIT -> member.commit(now);
        case FALL_SILENT -> {
          silence(arrival.cut());
          beginSpell();
        }
      }
    }

    /** So long that all windows close, counted from the cut in the middle of it. */
    private void silence(int cut) throws InterruptedException {
      if (cuts && cut > 0) {
        seconds(cut);
        crash();
      }
      seconds(120);
      member.commit(now);
    }

    /** The next engine reads one report at a time, and commits among reports judged before. */
    private void crash() throws InterruptedException {
      member.crash();
      for (Partition partition : PARTITIONS) {
        while (member.poll(partition, now, 1)) {
          member.tick(now);
          member.commit(now);
        }
      }
    }

    private void seconds(int seconds) throws InterruptedException {
      for (int second = 0; second < seconds; second++) {
        now += 1_000;
        member.poll(now);
        member.tick(now);
        if (second % 3 == 0) {
          member.commit(now);
        } else {
          member.judge();
        }
      }
    }

    private Played played() {
      return new Played(
          kafka.events.stream()
              .collect(
                  Collectors.groupingBy(
                      event ->
                          Tuple.of(
                              event.evaluation().contract().id(),
                              event.evaluation().application()))),
          kafka.deadLetters.stream()
              .map(deadLetter -> deadLetter.raw())
              .collect(
                  Collectors.groupingBy(
                      raw -> raw.sourcePartition(),
                      Collectors.mapping(raw -> raw.position(), Collectors.toList())))
              .entrySet()
              .stream()
              .collect(
                  Collectors.toMap(
                      entry -> entry.getKey(),
                      entry -> entry.getValue().stream().map(Position::offset).toList())),
          Set.copyOf(new ArrayList<>(kafka.statuses.values())),
          member.summary());
    }
  }
}
