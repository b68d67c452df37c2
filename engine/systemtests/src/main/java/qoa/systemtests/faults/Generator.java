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
 * grace of any contract, some twice, some far too late, and some messages that are not reports. On
 * request it injects faults of clients. The timestamp of a record is the clock of its client.
 */
final class Generator implements AutoCloseable {

  static final List<String> APPLICATIONS =
      IntStream.rangeClosed(1, 6).mapToObj(number -> "app-" + number).toList();

  /** Their contracts or windows change, so the version that judges a late report is not known. */
  private static final Set<String> NEVER_LATE = Set.of("app-5", "app-6");

  /**
   * A report this late is late for windows of up to 7 s, if event time is that of the partition.
   */
  private static final int LATE_MILLIS = 9_000;

  /** Longer than partitions can be apart in an engine that catches up after faults. */
  private static final int LATE_ACROSS_PARTITIONS_MILLIS = 90_000;

  /** A report this late is late for every engine: 7 s, and a margin. */
  private static final int LATE_FOR_ALL_MILLIS = 7_500;

  /** The application has reported this long before and after a late report, so windows existed. */
  private static final int AROUND_LATE_MILLIS = 12_000;

  private static final int MOST_DISORDER_MILLIS = 700;

  /** How far ahead the last reports are, which close all windows. */
  private static final int CLOSING_MILLIS = 400_000;

  /** A multiple of all window sizes. */
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

  Generator(String bootstrapServers, String topic, RunSettings settings) {
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

  /** Starts to send. */
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

  /** For the given time, sets the clock of one client of some applications ahead. */
  void setClocksAhead(int millis) {
    orders.add(() -> some().forEach(app -> clocks.setAhead(app, inMillis(millis))));
  }

  /** The same, but the clock jumps ahead and back. */
  void setClocksJumping(int millis) {
    orders.add(() -> some().forEach(app -> clocks.setJumping(app, inMillis(millis))));
  }

  private static long inMillis(int millis) {
    return System.currentTimeMillis() + millis;
  }

  private List<String> some() {
    return APPLICATIONS.stream().filter(application -> random.nextInt(3) > 0).toList();
  }

  /** For the given time, lets clients forge headers. */
  void forgeHeaders(int millis) {
    orders.add(() -> clients.forgeHeaders(inMillis(millis)));
  }

  /** Sends messages that exceed each limit. */
  void exceedBounds() {
    orders.add(
        () -> {
          long now = System.currentTimeMillis();
          // On the partition of their application, because one of them may be within the limits.
          String application = APPLICATIONS.get(0);
          for (String text : Hostile.beyondBounds(application, now / 1_000)) {
            clients.sendText(application, text, now);
          }
        });
  }

  /** Lets the crowd report: all of it the first time, then a part of it. */
  void gather() {
    orders.add(crowd::gather);
  }

  /** Sets the new number of partitions of the topic. */
  void grow(int count) {
    orders.add(() -> partitions.grow(count));
  }

  /**
   * Stops, sends the reports that close all windows, and waits until the broker has acknowledged
   * all.
   *
   * @return the number of messages sent
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
