package qoa.core.read;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.ReportBounds;

/**
 * Reads recorded reports, one JSON text a line. Blank lines are passed over. Whatever the file, a
 * few MiB of it are in memory at once.
 */
public final class FileSource implements RecordedSource {

  private static final int BATCH = 1_000;

  /** A batch ends with the line with which it has so many bytes. */
  private static final int BATCH_BYTES = 1 << 20;

  private final Partition partition;
  private final InputStream in;
  private final long time;
  private final int longest;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(2_048);
  private long lineNumber;
  private boolean exhausted;

  /**
   * @param name what the file is called in evidence and messages
   * @param in the lines, in UTF-8; closed with this source
   */
  public FileSource(String name, InputStream in) {
    this(name, in, RawReport.NO_TIME);
  }

  /**
   * @param name what the file is called in evidence and messages
   * @param in the lines, in UTF-8; closed with this source
   * @param time that of reports that have none themselves, in milliseconds since the epoch, or
   *     {@link RawReport#NO_TIME}
   */
  public FileSource(String name, InputStream in, long time) {
    this(name, in, time, ReportBounds.BYTES);
  }

  /**
   * As above.
   *
   * @param most the bytes of a report; of a longer line only one more is kept, so that it is
   *     refused
   */
  public FileSource(String name, InputStream in, long time, int most) {
    this.time = time;
    this.longest = most + 1;
    this.partition = new Partition(name, 0);
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A line's offset is its number counted from 0.
   *
   * @throws UncheckedIOException where the file cannot be read
   */
  @Override
  public List<Incoming> poll(long timeoutMillis) {
    List<Incoming> batch = new ArrayList<>();
    int bytes = 0;
    while (batch.size() < BATCH && bytes < BATCH_BYTES && !exhausted) {
      byte[] text = nextLine();
      bytes += text.length;
      long offset = lineNumber++;
      if (!isBlank(text)) {
        batch.add(new RawReport(partition, offset, time, null, text, List.of()));
      }
    }
    return batch;
  }

  private byte[] nextLine() {
    line.reset();
    try {
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          exhausted = true;
          break;
        }
        if (line.size() < longest) {
          line.write(b);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toByteArray();
  }

  private static boolean isBlank(byte[] text) {
    for (byte b : text) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isExhausted() {
    return exhausted;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
