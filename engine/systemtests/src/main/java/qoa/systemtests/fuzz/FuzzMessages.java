package qoa.systemtests.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.LongConsumer;
import qoa.core.decode.OddMessages;
import qoa.core.sink.Summary;
import qoa.service.config.EngineConfig;
import qoa.service.config.Evaluator;
import qoa.service.run.LiveRun;

/**
 * Sends odd messages through the decoder, windows, the policies that ship and the lifecycle, and
 * checks that each ends in exactly one outcome. Its arguments are how many messages, and the seed.
 * It ends with exit code 1 and the reason where something does not hold.
 */
public final class FuzzMessages {

  private static final long NOW = 1_795_428_000_000L;
  private static final int SHOWN = 100_000;

  private FuzzMessages() {}

  /** Runs it; the system property {@code qoa.home} is the repository's top folder. */
  public static void main(String[] arguments) throws Exception {
    long count = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    System.out.printf("%,d messages, seed %d%n", count, seed);
    Path home = Path.of(System.getProperty("qoa.home", "../.."));
    EngineConfig config =
        EngineConfig.defaults()
            .judging(
                home.resolve(
                    "engine/systemtests/src/main/resources/qoa/systemtests/fuzz/contracts"),
                home.resolve("policies"),
                Evaluator.PLAN);
    OddMessages messages = new OddMessages(seed, NOW, home.resolve("testdata/reports"));
    OddSource source = new OddSource(messages, new Random(seed), count);
    CountingSink sink = new CountingSink();
    long start = System.nanoTime();
    Summary summary = LiveRun.run(config, source, sink, messages::time, progress(count));
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%n%s%n%s%n%s%n", summary.json(), sink.deadLetters, sink.events);
    System.out.printf(
        "%.0f s, %,.0f messages a second, %d MB of heap in use after the last collections%n",
        seconds, count / seconds, heapMegabytes());
    System.exit(isBalanced(source, sink, summary) ? 0 : 1);
  }

  private static boolean isBalanced(OddSource source, CountingSink sink, Summary summary) {
    Summary.Read read = summary.read();
    long deadLetters = sink.deadLetters.values().stream().mapToLong(Long::longValue).sum();
    long outcomes = read.evaluated() + read.unmatched() + read.late() + deadLetters;
    System.out.printf(
        "%,d sent = %,d evaluated + %,d unmatched + %,d late + %,d dead letters%n",
        source.sent(), read.evaluated(), read.unmatched(), read.late(), deadLetters);
    if (outcomes != source.sent()) {
      System.out.printf("That is %,d: some message has no outcome, or two%n", outcomes);
      return false;
    }
    if (!sink.deadLetters.equals(read.deadLetters())) {
      System.out.printf("Counted as dead letters: %s%n", read.deadLetters());
      return false;
    }
    return true;
  }

  private static LongConsumer progress(long count) {
    long[] shown = {0};
    return read -> {
      if (read >= shown[0] + SHOWN) {
        shown[0] = read;
        System.err.printf("%,d of %,d%n", read, count);
      }
    };
  }

  /** What was in use after collections, and so was really kept. */
  private static long heapMegabytes() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
        bytes += pool.getCollectionUsage().getUsed();
      }
    }
    return bytes >> 20;
  }
}
