package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import qoa.core.evaluate.Revision;
import qoa.core.lifecycle.Event;
import qoa.core.model.Partition;

/**
 * A topic of one partition grows while windows and violations are open, so that its reports are
 * re-keyed from then on: the same is judged as without it, and each thing once.
 */
class GrowingTopicIT {

  private static final Partition FIRST = new Partition("reports", 0);
  private static final Partition SECOND = new Partition("reports", 1);
  private static final long TEN = 1_795_428_000_000L;

  private final Revision revision = GivenContracts.revision(GivenContracts.contracts());

  @Property(tries = 1000)
  void splitsNoWindow_repeatsNoId_losesNoOpenViolation(
      @ForAll @IntRange(min = 1, max = 90) int grownAt,
      @ForAll boolean together,
      @ForAll boolean cuts,
      @ForAll Random random)
      throws InterruptedException {
    long seed = random.nextLong();
    List<Event> grown = play(grownAt, together, cuts, new Random(seed));
    List<Event> whole = play(Integer.MAX_VALUE, together, false, new Random(seed));
    assertThat(grown).extracting(Event::id).doesNotHaveDuplicates();
    assertThat(events(grown)).isEqualTo(events(whole));
    assertThat(grown).noneMatch(event -> event.evaluation().late());
  }

  /** The events of each promise, in order. */
  private static Map<String, List<String>> events(List<Event> events) {
    Map<String, List<String>> byPromise = new TreeMap<>();
    for (Event event : events) {
      String of =
          "%s %s %s %s"
              .formatted(
                  event.evaluation().contract().id(),
                  event.evaluation().application(),
                  event.promise().constraint(),
                  event.promise().stage());
      byPromise
          .computeIfAbsent(of, o -> new ArrayList<>())
          .add(
              "%s %s %s %s %s"
                  .formatted(
                      event.type(),
                      event.evaluation().window(),
                      event.evaluation().reports(),
                      event.verdict().finding().observed(),
                      event.since()));
    }
    // Single reports of two partitions may be judged in any order.
    byPromise.replaceAll(
        (of, list) -> of.startsWith("b-reports") ? list.stream().sorted().toList() : list);
    return byPromise;
  }

  private List<Event> play(int grownAt, boolean together, boolean cuts, Random random)
      throws InterruptedException {
    KafkaInMemory kafka = new KafkaInMemory(List.of(FIRST, SECOND), 2);
    List<Member> members = List.of(new Member(kafka, Set.of(FIRST), Set.of(), revision));
    long now = TEN;
    for (int report = 0; report < 100; report++) {
      now += 500;
      boolean toSecond = random.nextBoolean();
      String application = GivenContracts.APPLICATIONS.get(random.nextInt(3));
      String stage = random.nextBoolean() ? "even" : "odd";
      long time = now - random.nextInt(1_500);
      int value = random.nextInt(100);
      boolean crashes = random.nextInt(12) == 0;
      if (report == grownAt) {
        members = grow(kafka, together);
      }
      kafka.send(
          toSecond && report >= grownAt ? SECOND : FIRST,
          now,
          GivenContracts.report(application, stage, time, value));
      step(members, now);
      if (cuts && crashes) {
        members.forEach(Member::crash);
        step(members, now);
      }
    }
    for (int second = 0; second < 120; second++) {
      now += 1_000;
      step(members, now);
    }
    return kafka.events;
  }

  /** The only member is gone, after its last commit; one or two others continue. */
  private List<Member> grow(KafkaInMemory kafka, boolean together) {
    Set<Partition> sources = Set.of(FIRST, SECOND);
    List<Partition> rekeyed = kafka.rekeyed();
    if (together) {
      Set<Partition> all = new HashSet<>(sources);
      all.addAll(rekeyed);
      return List.of(new Member(kafka, all, sources, revision));
    }
    return List.of(
        new Member(kafka, Set.of(SECOND, rekeyed.get(0)), sources, revision),
        new Member(kafka, Set.of(FIRST, rekeyed.get(1)), sources, revision));
  }

  private static void step(List<Member> members, long now) throws InterruptedException {
    for (Member member : members) {
      member.poll(now);
      member.tick(now);
      member.commit(now);
    }
  }
}
