package qoa.systemtests.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import qoa.core.decode.OddMessages;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.RawReport.Header;
import qoa.core.read.RecordedSource;

/** A topic of odd messages, some with headers that pass for the engine's own. */
final class OddSource implements RecordedSource {

  private static final int BATCH = 500;

  /** A batch ends with the message with which it has so many bytes. */
  private static final int BATCH_BYTES = 64 * 1024;

  private static final List<String> HEADERS =
      List.of("qoa.sources", "qoa.source", "qoa.topic", "qoa.redriven-from", "qoa.", "ce_id", "");

  private final Partition partition = new Partition("qoa.reports", 0);
  private final OddMessages messages;
  private final Random random;
  private final long count;
  private long sent;

  /**
   * @param count how many messages there are
   */
  OddSource(OddMessages messages, Random random, long count) {
    this.messages = messages;
    this.random = random;
    this.count = count;
  }

  @Override
  public List<Incoming> poll(long timeoutMillis) {
    List<Incoming> batch = new ArrayList<>();
    int bytes = 0;
    while (batch.size() < BATCH && bytes < BATCH_BYTES && sent < count) {
      long time = messages.time();
      byte[] value = messages.next();
      bytes += value == null ? 0 : value.length;
      batch.add(new RawReport(partition, sent++, time, bytes(20), value, headers()));
    }
    return batch;
  }

  private List<Header> headers() {
    return random.nextInt(10) > 0
        ? List.of()
        : List.of(new Header(HEADERS.get(random.nextInt(HEADERS.size())), bytes(60)));
  }

  private byte[] bytes(int most) {
    if (random.nextInt(4) == 0) {
      return null;
    }
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** How many messages were delivered. */
  long sent() {
    return sent;
  }

  @Override
  public boolean isExhausted() {
    return sent == count;
  }

  @Override
  public void close() {}
}
