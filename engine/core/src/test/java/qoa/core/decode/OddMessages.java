package qoa.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * An endless sequence of messages as on a topic that anybody can write to: mutants of recorded
 * reports; reports of every kind with unusual names, numbers, times, depths and sizes; hostile
 * messages; random bytes; and repetitions of these. The same seed gives the same messages.
 */
public final class OddMessages {

  private static final int REMEMBERED = 64;
  private static final int SMALL = 8 * 1024;
  private static final int RARELY = 2_000;
  private static final int MOST_PAUSE = 20;

  private final Random random;
  private final OddReports reports;
  private final Mutations mutations;
  private final List<byte[]> hostile = new ArrayList<>();
  private final List<byte[]> large = new ArrayList<>();
  private final List<byte[]> before = new ArrayList<>();

  /**
   * @param now when the first message is sent, in milliseconds since the epoch
   * @param recorded the folder with recorded reports
   */
  public OddMessages(long seed, long now, Path recorded) {
    this.random = new Random(seed);
    this.reports = new OddReports(random, now);
    this.mutations = new Mutations(random, lines(recorded));
    for (HostileMessages.Hostile message : HostileMessages.all().values()) {
      byte[] value = message.value();
      (value == null || value.length <= SMALL ? hostile : large).add(value);
    }
  }

  /** The time of the next message, in milliseconds since the epoch. It increases. */
  public long time() {
    return reports.now();
  }

  /** The next message. It may be null or empty. */
  public byte[] next() {
    byte[] message = made();
    reports.advance(random.nextInt(MOST_PAUSE));
    if (message != null && message.length <= SMALL) {
      if (before.size() < REMEMBERED) {
        before.add(message);
      } else {
        before.set(random.nextInt(REMEMBERED), message);
      }
    }
    return message;
  }

  private byte[] made() {
    if (random.nextInt(RARELY) == 0) {
      return random.nextBoolean()
          ? large.get(random.nextInt(large.size()))
          : reports.huge().getBytes(UTF_8);
    }
    int kind = random.nextInt(100);
    if (kind < 30) {
      return mutations.next();
    } else if (kind < 80) {
      return reports.next().getBytes(UTF_8);
    } else if (kind < 90 && !before.isEmpty()) {
      return before.get(random.nextInt(before.size()));
    } else if (kind < 96) {
      return hostile.get(random.nextInt(hostile.size()));
    }
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<byte[]> lines(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<byte[]> lines = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(line.getBytes(UTF_8));
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
