package qoa.systemtests.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * Sends the reports of several applications as their clients would: out of order by less than the
 * grace of any contract, some twice, some far too late, and messages between them that are no
 * reports; and what clients do wrong, as it is told. A record's timestamp is the clock of the
 * client that sends it.
 */
final class Generator implements AutoCloseable {

  static final List<String> APPLICATIONS =
      IntStream.rangeClosed(1, 6).mapToObj(number -> "app-" + number).toList();

  /** Their contracts' windows change, or contracts come and go: late reports would be anybody's. */
  private static final Set<String> NEVER_LATE = Set.of("app-5", "app-6");

  /**
   * What is this late is late for windows of up to 7 s, where event time is the partition's own.
   */
  private static final int LATE_MILLIS = 9_000;

  /** Longer than all partitions can be apart in an engine that catches up after faults. */
  private static final int LATE_ACROSS_PARTITIONS_MILLIS = 90_000;

  /** So late is a report that no engine can take for one in time: 7 s, and some more. */
  private static final int LATE_FOR_ALL_MILLIS = 7_500;

  /** Around a late report its application has reported, so that its windows were there. */
  private static final int AROUND_LATE_MILLIS = 12_000;

  private static final int MOST_DISORDER_MILLIS = 700;

  /** How far ahead the last reports are, which close all windows before. */
  private static final int CLOSING_MILLIS = 400_000;

  /** A multiple of the sizes of all windows. */
  private static final int WINDOWS_MILLIS = 20_000;

  private final Traffic traffic;
  private final Outbox outbox;
  private final Random random;
  private final Spells spells;
  private final Clients clients;
  private final Crowd crowd;
  private final Partitions partitions;
  private final Clocks clocks;
  private final long start = System.currentTimeMillis();
  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "generator");
  private volatile boolean stopping;

  Generator(String bootstrapServers, String topic, Settings settings) {
    this.traffic = settings.traffic();
    this.random = new Random(settings.seed());
    this.spells = new Spells(settings.seed());
    this.outbox = new Outbox(bootstrapServers, topic);
    this.partitions = new Partitions(traffic, random);
    this.clocks = new Clocks(random);
    this.clients = new Clients(traffic, new ReportText(spells, random), partitions, outbox, random);
    this.crowd = new Crowd(traffic.crowd(), clients, random);
    thread.setDaemon(true);
  }

  /** Begins to send. */
  void start() {
    thread.start();
  }

  private void run() {
    Map<String, Long> next = new HashMap<>();
    while (!stopping) {
      for (Runnable order; (order = orders.poll()) != null; ) {
        order.run();
      }
      long now = System.currentTimeMillis();
      for (String application : APPLICATIONS) {
        if (now >= next.getOrDefault(application, 0L)) {
          sendSome(application, now);
          next.put(application, now + gap(application, now));
        }
      }
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private long gap(String application, long now) {
    double mean = 1_000.0 * APPLICATIONS.size() / traffic.reportsPerSecond();
    return (long)
        (mean * (0.5 + random.nextDouble()) * (spells.isSparse(application, now) ? 4 : 1));
  }

  private void sendSome(String application, long now) {
    sendReport(application, now - random.nextInt(MOST_DISORDER_MILLIS), now);
    int turn = random.nextInt(200);
    if (turn == 0 && !NEVER_LATE.contains(application)) {
      sendLate(application, now);
    } else if (turn == 1) {
      clients.sendText(application, Hostile.any(random), now);
    }
  }

  private void sendLate(String application, long now) {
    int late = traffic.isRekeyed() ? LATE_ACROSS_PARTITIONS_MILLIS : LATE_MILLIS;
    long time = now - late - random.nextInt(late);
    for (int around : new int[] {-AROUND_LATE_MILLIS, 0, AROUND_LATE_MILLIS / 2}) {
      if (time + around < start || spells.isSilent(application, time + around)) {
        return;
      }
    }
    if (time + LATE_FOR_ALL_MILLIS <= clients.reached(application)) {
      Clients.Client client = clients.anyWithRightClock();
      clients.send(application, client, new Clocks.Reading(time, now));
    }
  }

  private void sendReport(String application, long time, long now) {
    Clients.Client client = clients.any();
    boolean down = client.stage().equals("pre_processing") && spells.isStageDown(application, time);
    if (!down && !spells.isSilent(application, time)) {
      clients.send(
          application,
          client,
          client.isWrong()
              ? clocks.ofWrong(application, time, now)
              : clocks.ofRight(application, time, now));
    }
  }

  /** From now on for so many milliseconds, one client of some applications is ahead. */
  void setClocksAhead(int millis) {
    orders.add(() -> some().forEach(app -> clocks.setAhead(app, inMillis(millis))));
  }

  /** The same, but it jumps ahead and back. */
  void setClocksJumping(int millis) {
    orders.add(() -> some().forEach(app -> clocks.setJumping(app, inMillis(millis))));
  }

  private static long inMillis(int millis) {
    return System.currentTimeMillis() + millis;
  }

  private List<String> some() {
    return APPLICATIONS.stream().filter(application -> random.nextInt(3) > 0).toList();
  }

  /** From now on for so many milliseconds, clients forge headers. */
  void forgeHeaders(int millis) {
    orders.add(() -> clients.forgeHeaders(inMillis(millis)));
  }

  /** Sends messages beyond each bound. */
  void exceedBounds() {
    orders.add(
        () -> {
          long now = System.currentTimeMillis();
          // By the partition of their own application: one of them may be within the bounds.
          String application = APPLICATIONS.get(0);
          for (String text : Hostile.beyondBounds(application, now / 1_000)) {
            clients.sendText(application, text, now);
          }
        });
  }

  /** The crowd reports: all of it the first time, then a part of it. */
  void gather() {
    orders.add(crowd::gather);
  }

  /** The topic has so many partitions now. */
  void grow(int count) {
    orders.add(() -> partitions.grow(count));
  }

  /**
   * Stops, sends the reports that close all windows, and waits until the broker has everything.
   *
   * @return how many messages were sent
   */
  long finish() throws Exception {
    stopping = true;
    thread.join();
    long end = (System.currentTimeMillis() + CLOSING_MILLIS) / WINDOWS_MILLIS * WINDOWS_MILLIS;
    long closing = end + WINDOWS_MILLIS / 2;
    for (String application : APPLICATIONS) {
      clients.close(application, closing);
    }
    crowd.close(closing);
    outbox.flush();
    return outbox.sent();
  }

  @Override
  public void close() {
    stopping = true;
    outbox.close();
  }
}
