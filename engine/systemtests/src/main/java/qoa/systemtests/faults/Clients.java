package qoa.systemtests.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The clients of all applications, and how they send. Used by one thread. */
final class Clients {

  private final Traffic traffic;
  private final ReportText text;
  private final Partitions partitions;
  private final Outbox outbox;
  private final Random random;
  private final List<Client> clients = new ArrayList<>();
  private final Map<String, Set<Long>> times = new HashMap<>();
  private final Map<String, Map<Client, Long>> latest = new HashMap<>();
  private long forgedUntil;

  /**
   * A client. Every application has each of these clients.
   *
   * @param isKeyed whether its messages have a key; without one they go to any partition
   * @param isWrong whether its clock may be ahead
   */
  record Client(String stage, int number, boolean isKeyed, boolean isWrong) {

    String instance(String application) {
      return application + "-" + stage + "-" + number;
    }
  }

  Clients(Traffic traffic, ReportText text, Partitions partitions, Outbox outbox, Random random) {
    this.traffic = traffic;
    this.text = text;
    this.partitions = partitions;
    this.outbox = outbox;
    this.random = random;
    for (String stage : ReportText.STAGES) {
      clients.add(new Client(stage, 0, true, false));
      clients.add(new Client(stage, 1, true, stage.equals("gateway")));
    }
    clients.add(new Client("gateway", 2, false, false));
  }

  Client any() {
    return clients.get(random.nextInt(clients.size()));
  }

  Client anyWithRightClock() {
    Client client = any();
    return client.isWrong ? anyWithRightClock() : client;
  }

  /** Forges headers of some messages until the given time. */
  void forgeHeaders(long until) {
    forgedUntil = until;
  }

  /** Sends a report. No two reports of an application have the same event time. */
  void send(String application, Client client, Clocks.Reading reading) {
    send(application, client, reading, partition(application, client));
  }

  private int partition(String application, Client client) {
    if (!client.isKeyed) {
      return partitions.any(application);
    }
    return partitions.of(application, key(application, client));
  }

  private String key(String application, Client client) {
    if (traffic.layout() == KeyedBy.APPLICATION) {
      return application;
    }
    return client.isKeyed ? client.instance(application) : null;
  }

  private void send(String application, Client client, Clocks.Reading reading, int partition) {
    Set<Long> taken = times.computeIfAbsent(application, a -> new HashSet<>());
    long time = reading.eventTime();
    while (!taken.add(time)) {
      time--;
    }
    if (!client.isWrong) {
      latest.computeIfAbsent(application, a -> new HashMap<>()).merge(client, time, Math::max);
    }
    String instance = client.instance(application);
    String id = application.length() > 20 ? "crowd" : application + "/" + outbox.sent();
    String report = text.write(application, client.stage, instance, time, id);
    String key = key(application, client);
    Map<String, String> headers = headers(reading.recordTime());
    outbox.send(partition, reading.recordTime(), key, report, headers);
    if (random.nextInt(50) == 0) {
      outbox.send(partition, reading.recordTime(), key, report, headers);
    }
  }

  private Map<String, String> headers(long now) {
    return now < forgedUntil && random.nextInt(3) == 0 ? Forged.any(random) : Map.of();
  }

  /** Sends a message that may not be a report. */
  void sendText(String application, String message, long now) {
    outbox.send(partitions.any(application), now, application, message, headers(now));
  }

  /** The latest event time of the second most advanced client with a right clock. */
  long reached(String application) {
    return latest.getOrDefault(application, Map.of()).values().stream()
        .sorted(Comparator.reverseOrder())
        .skip(1)
        .findFirst()
        .orElse(Long.MIN_VALUE);
  }

  /** Sends a report from each client and on each partition, at a time that closes all windows. */
  void close(String application, long time) {
    for (Client client : clients) {
      send(application, client, new Clocks.Reading(time, time));
    }
    closeThroughAll(application, clients.get(clients.size() - 1), time);
  }

  /** Sends a report on each partition that has reports of the application. */
  void closeThroughAll(String application, Client client, long time) {
    for (int partition : partitions.used(application)) {
      send(application, client, new Clocks.Reading(time, time), partition);
    }
  }
}
