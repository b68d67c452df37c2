package qoa.systemtests.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Many applications that report rarely but at the same time, each with one or two reports. Some
 * have names of the maximum length. Used by one thread.
 */
final class Crowd {

  private static final Clients.Client FIRST = new Clients.Client("gateway", 0, true, false);
  private static final Clients.Client SECOND = new Clients.Client("ml_inference", 1, true, false);

  /** The longest name that leaves room for the name of an instance. */
  private static final int LONG_BYTES = 480;

  private static final int PART = 10;

  private final List<String> names = new ArrayList<>();
  private final Clients clients;
  private final Random random;
  private boolean hasGathered;

  Crowd(int size, Clients clients, Random random) {
    this.clients = clients;
    this.random = random;
    for (int number = 0; number < size; number++) {
      names.add(number % PART == 0 ? longName(number) : "crowd-" + number);
    }
  }

  private static String longName(int number) {
    StringBuilder name = new StringBuilder("crowd-" + number + "|-");
    while (name.toString().getBytes(StandardCharsets.UTF_8).length < LONG_BYTES) {
      name.append("é");
    }
    return name.toString();
  }

  /** Sends reports: of all applications the first time, then of a part of them. */
  void gather() {
    for (String name : names) {
      if (!hasGathered || random.nextInt(PART) == 0) {
        long now = System.currentTimeMillis();
        clients.send(name, FIRST, new Clocks.Reading(now, now));
        if (name.hashCode() % 3 == 0) {
          clients.send(name, SECOND, new Clocks.Reading(now, now));
        }
      }
    }
    hasGathered = !names.isEmpty();
  }

  /** Closes all windows of the applications that have reported. */
  void close(long time) {
    if (hasGathered) {
      for (String name : names) {
        clients.closeThroughAll(name, FIRST, time);
        if (name.hashCode() % 3 == 0) {
          clients.closeThroughAll(name, SECOND, time);
        }
      }
    }
  }
}
