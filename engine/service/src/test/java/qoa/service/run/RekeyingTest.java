package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import qoa.core.engine.Engine;
import qoa.core.evaluate.Revision;
import qoa.core.lifecycle.Event;
import qoa.core.model.Partition;
import qoa.core.sink.Summary;

/**
 * The same reports give the same verdicts of their windows, in any order within grace, and however
 * they are spread over partitions.
 */
class RekeyingTest {

  private static final long TEN = 1_795_428_000_000L;
  private static final int GRACE = 2_000;
  private static final Partition ONLY = new Partition("keyed", 0);
  private static final List<Partition> SOURCES =
      List.of(new Partition("reports", 0), new Partition("reports", 1), new Partition("other", 0));
  private static final Revision REVISION =
      GivenContracts.revision(GivenContracts.without("b-reports"));

  /** A report; of applications a, b, c. */
  private record Sent(int application, long time, int value, int source) {
    String text() {
      String stage = value % 2 == 0 ? "even" : "odd";
      return GivenContracts.report(
          GivenContracts.APPLICATIONS.get(application), stage, TEN + time, value);
    }
  }

  /** An event without the positions of its reports. */
  private record Seen(
      String id, Event.Type type, JsonNode observed, long reports, Long since, String application) {
    static Seen of(Event event) {
      return new Seen(
          event.id(),
          event.type(),
          event.verdict().finding().observed(),
          event.evaluation().reports(),
          event.since(),
          event.evaluation().application());
    }
  }

  private record Told(Set<Seen> events, Summary summary) {}

  private long now;

  @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
  void anyOrderWithinGrace_givesTheSameVerdicts(
      @ForAll("reports") List<Sent> reports, @ForAll Random random) throws InterruptedException {
    now = TEN + 60_000; // one object has all cases
    List<Sent> inOrder = reports.stream().sorted(Comparator.comparingLong(Sent::time)).toList();
    assertSame(inOnePartition(shuffled(reports, random)), inOnePartition(inOrder));
  }

  @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
  void anySplitOverPartitions_givesTheSameVerdicts_andNoReportIsLate(
      @ForAll("reports") List<Sent> reports,
      @ForAll Random random,
      @ForAll @IntRange(max = 2) int backlog,
      @ForAll @IntRange(min = 1, max = 2) int engines)
      throws InterruptedException {
    now = TEN + 60_000;
    List<Sent> sent = shuffled(reports, random);
    assertSame(split(sent, random, SOURCES.get(backlog), engines), inOnePartition(sent));
  }

  @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
  void anyPaceOfWhoReadsThem_givesTheSameVerdicts_andNoReportIsLate(
      @ForAll("reports") List<Sent> reports, @ForAll Random random) throws InterruptedException {
    now = TEN;
    List<Sent> sent = shuffled(reports, random);
    assertSame(asTheyCome(sent, random), inOnePartition(sent));
  }

  private static void assertSame(Told one, Told other) {
    assertThat(one.summary().read().late()).isZero();
    assertThat(one.events()).isEqualTo(other.events());
    assertThat(one.summary()).isEqualTo(other.summary());
  }

  /** No report comes after one that is later by more than grace. */
  private static List<Sent> shuffled(List<Sent> reports, Random random) {
    Map<Sent, Long> arrival = new HashMap<>();
    reports.forEach(report -> arrival.put(report, report.time() + random.nextInt(GRACE)));
    return reports.stream().sorted(Comparator.comparingLong(arrival::get)).toList();
  }

  private Told inOnePartition(List<Sent> reports) throws InterruptedException {
    KafkaInMemory kafka = new KafkaInMemory(List.of(ONLY), 0);
    Member member = new Member(kafka, Set.of(ONLY), Set.of(), REVISION);
    for (Sent report : reports) {
      kafka.send(ONLY, report.text());
      round(List.of(member), 50);
    }
    for (int second = 0; second < 150; second++) {
      round(List.of(member), 1_000);
    }
    return told(kafka, List.of(member));
  }

  /** All reports are there at once; the member with the backlog waits until the others are read. */
  private Told split(List<Sent> reports, Random random, Partition backlog, int engines)
      throws InterruptedException {
    KafkaInMemory kafka = new KafkaInMemory(SOURCES, 2);
    reports.forEach(report -> kafka.send(SOURCES.get(report.source()), report.text()));
    Set<Partition> sources = Set.copyOf(SOURCES);
    Set<Partition> behind = Set.of(backlog);
    Set<Partition> ahead =
        SOURCES.stream().filter(s -> !s.equals(backlog)).collect(Collectors.toSet());
    List<Member> windows = new ArrayList<>();
    for (int i = 0; i < engines; i++) {
      int engine = i;
      Set<Partition> read =
          kafka.rekeyed().stream()
              .filter(partition -> partition.partition() % engines == engine)
              .collect(Collectors.toSet());
      windows.add(new Member(kafka, read, sources, REVISION));
    }
    Member first = new Member(kafka, ahead, sources, REVISION);
    Member second = new Member(kafka, behind, sources, REVISION);
    second.poll(backlog, now, random.nextInt(3));
    Iterator<Sent> rest = reports.iterator();
    for (int i = 0; i < 90; i++) { // longer than the idle timeout, and until all are read
      forward(second, 500);
      for (int n = 1 + random.nextInt(3); n > 0 && rest.hasNext(); n--) {
        Partition partition = SOURCES.get(rest.next().source());
        if (ahead.contains(partition)) {
          first.poll(partition, now, 1);
        }
      }
      forward(first, 500);
      round(windows, 0);
    }
    while (second.poll(backlog, now, 1 + random.nextInt(3))) {
      forward(second, 50);
      round(windows, 0);
    }
    for (int i = 0; i < 150; i++) {
      forward(first, 500);
      forward(second, 500);
      round(windows, 0);
    }
    windows.add(first);
    windows.add(second);
    return told(kafka, windows);
  }

  /**
   * Reports are read as they are sent. Each member may pause, for less than a mark holds, after it
   * has looked at its lag and before it writes the mark.
   */
  private Told asTheyCome(List<Sent> reports, Random random) throws InterruptedException {
    KafkaInMemory kafka = new KafkaInMemory(SOURCES, 2);
    Set<Partition> sources = Set.copyOf(SOURCES);
    List<Member> members = new ArrayList<>();
    SOURCES.forEach(
        partition -> members.add(new Member(kafka, Set.of(partition), sources, REVISION)));
    kafka
        .rekeyed()
        .forEach(partition -> members.add(new Member(kafka, Set.of(partition), sources, REVISION)));
    Map<Member, Long> awake = new HashMap<>();
    Iterator<Sent> rest = reports.iterator();
    Sent next = rest.next();
    for (long end = now + 240_000; now < end; now += 250) {
      while (next != null && next.time() <= now - TEN) {
        kafka.send(SOURCES.get(next.source()), next.text());
        next = rest.hasNext() ? rest.next() : null;
      }
      for (Member member : members) {
        if (awake.getOrDefault(member, 0L) <= now) {
          if (awake.remove(member) != null) {
            member.commit(now);
          }
          member.poll(now);
          member.tick(now);
          if (next != null && random.nextInt(20) == 0) {
            awake.put(member, now + random.nextInt((int) Engine.LEASE_MILLIS - 1_000));
          } else {
            member.commit(now);
          }
        }
      }
    }
    return told(kafka, members);
  }

  private void forward(Member member, long millis) throws InterruptedException {
    now += millis;
    member.tick(now);
    member.commit(now);
  }

  private void round(List<Member> members, long millis) throws InterruptedException {
    now += millis;
    for (Member member : members) {
      member.poll(now);
      member.tick(now);
      member.commit(now);
    }
  }

  private static Told told(KafkaInMemory kafka, List<Member> members) {
    assertThat(kafka.events).extracting(Event::id).doesNotHaveDuplicates();
    return new Told(
        kafka.events.stream().map(Seen::of).collect(Collectors.toSet()), Member.summary(members));
  }

  @Provide
  Arbitrary<List<Sent>> reports() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.longs().between(0, 90_000),
            Arbitraries.integers().between(0, 98),
            Arbitraries.integers().between(0, 2))
        .as(Sent::new)
        .list()
        .uniqueElements()
        .ofMinSize(20)
        .ofMaxSize(80);
  }
}
