package qoa.engine.faults;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the reports of several applications as their clients would: out of order by less than the
 * grace of any contract, some twice, some far too late, and messages between them that are no
 * reports. Its producer is idempotent and does not give up, so that what it has sent is in the
 * topic once, whatever becomes of the broker.
 */
final class Generator implements AutoCloseable {

  static final List<String> APPLICATIONS =
      IntStream.rangeClosed(1, 6).mapToObj(number -> "app-" + number).toList();

  private static final int INSTANCES = 2;
  private static final int MOST_DISORDER_MILLIS = 700;

  /**
   * What is this late is late for windows of up to 7 s, where event time is the partition's own.
   */
  private static final int LATE_MILLIS = 9_000;

  /** Longer than all partitions can be apart in an engine that catches up after faults. */
  private static final int LATE_ACROSS_PARTITIONS_MILLIS = 90_000;

  /** Around a late report its application has reported, so that its windows were there. */
  private static final int AROUND_LATE_MILLIS = 12_000;

  /**
   * How far ahead the last reports are, which close all windows before: within limits.time-ahead.
   */
  private static final int CLOSING_MILLIS = 60_000;

  private final String topic;
  private final Layout layout;
  private final int reportsPerSecond;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Random random;
  private final Spells spells;
  private final ReportText text;
  private final long start = System.currentTimeMillis();
  private final Map<String, Set<Long>> times = new HashMap<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "generator");
  private long sent;
  private volatile boolean stopping;

  Generator(String bootstrapServers, String topic, Settings settings) {
    this.topic = topic;
    this.layout = settings.layout();
    this.reportsPerSecond = settings.reportsPerSecond();
    this.random = new Random(settings.seed());
    this.spells = new Spells(settings.seed());
    this.text = new ReportText(spells, random);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                5,
                "delivery.timeout.ms",
                600_000,
                "max.block.ms",
                600_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread.setDaemon(true);
  }

  /** Begins to send. */
  void start() {
    thread.start();
  }

  private void run() {
    Map<String, Long> next = new HashMap<>();
    while (!stopping) {
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
    double mean = 1_000.0 * APPLICATIONS.size() / reportsPerSecond;
    return (long)
        (mean * (0.5 + random.nextDouble()) * (spells.isSparse(application, now) ? 4 : 1));
  }

  private void sendSome(String application, long now) {
    sendReport(application, now - random.nextInt(MOST_DISORDER_MILLIS));
    int turn = random.nextInt(200);
    if (turn == 0) {
      sendLate(application, now);
    } else if (turn == 1) {
      send(application, Hostile.any(random));
    }
  }

  private void sendLate(String application, long now) {
    int late = layout == Layout.APPLICATION ? LATE_MILLIS : LATE_ACROSS_PARTITIONS_MILLIS;
    long time = now - late - random.nextInt(late);
    for (int around : new int[] {-AROUND_LATE_MILLIS, 0, AROUND_LATE_MILLIS / 2}) {
      if (time + around < start || spells.isSilent(application, time + around)) {
        return;
      }
    }
    sendReport(application, time);
  }

  private void sendReport(String application, long time) {
    String stage = ReportText.STAGES.get(random.nextInt(ReportText.STAGES.size()));
    boolean down = stage.equals("pre_processing") && spells.isStageDown(application, time);
    if (!down && !spells.isSilent(application, time)) {
      sendReport(application, stage, random.nextInt(INSTANCES), time);
    }
  }

  private void sendReport(String application, String stage, int number, long around) {
    Set<Long> taken = times.computeIfAbsent(application, a -> new HashSet<>());
    long time = around;
    while (!taken.add(time)) {
      time--;
    }
    String instance = application + "-" + stage + "-" + number;
    String report = text.write(application, stage, instance, time, application + "/" + sent);
    String key = layout == Layout.APPLICATION ? application : instance;
    send(key, report);
    if (random.nextInt(50) == 0) {
      send(key, report);
    }
  }

  private void send(String key, String value) {
    sent++;
    var unused =
        producer.send(
            new ProducerRecord<>(topic, bytes(key), value == null ? null : bytes(value)),
            (metadata, problem) -> {
              if (problem == null) {
                acknowledged.incrementAndGet();
              } else {
                failure.compareAndSet(null, problem);
              }
            });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Stops, sends the reports that close all windows, and waits until the broker has everything.
   *
   * @return how many messages were sent
   */
  long finish() throws Exception {
    stopping = true;
    thread.join();
    long windows = 10_000;
    long closing = (System.currentTimeMillis() + CLOSING_MILLIS) / windows * windows + windows / 2;
    for (String application : APPLICATIONS) {
      for (String stage : ReportText.STAGES) {
        for (int number = 0; number < INSTANCES; number++) {
          sendReport(application, stage, number, closing);
        }
      }
    }
    producer.flush();
    if (failure.get() != null) {
      throw failure.get();
    }
    if (acknowledged.get() != sent) {
      throw new IllegalStateException(acknowledged + " of " + sent + " messages acknowledged");
    }
    return sent;
  }

  @Override
  public void close() {
    stopping = true;
    producer.close(java.time.Duration.ZERO);
  }
}
