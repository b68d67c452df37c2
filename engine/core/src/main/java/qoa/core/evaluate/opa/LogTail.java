package qoa.core.evaluate.opa;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of what a process writes, however much it writes. One thread for each process, {@code
 * opa-log}, reads it, and ends with it; any thread may ask.
 */
final class LogTail {

  private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
  private static final int KEPT = 16 << 10;
  private static final int BUFFER = 4 << 10;

  private static final long PATIENCE_MILLIS = 500;

  private final Thread reader;
  private byte[] tail = new byte[0];

  private LogTail(Process process) {
    reader = new Thread(() -> read(process.getInputStream()), "opa-log");
    reader.setDaemon(true);
  }

  /** Begins to read what a process writes to standard output. */
  static LogTail of(Process process) {
    LogTail log = new LogTail(process);
    log.reader.start();
    return log;
  }

  private void read(InputStream stream) {
    byte[] buffer = new byte[BUFFER];
    try (stream) {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        add(buffer, read);
      }
    } catch (IOException e) {
      LOG.trace("the process has ended", e);
    }
  }

  private synchronized void add(byte[] buffer, int length) {
    byte[] all = Arrays.copyOf(tail, tail.length + length);
    System.arraycopy(buffer, 0, all, tail.length, length);
    tail = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT), all.length);
  }

  /** What a process that has ended wrote last, at most 16 KiB. */
  String text() throws InterruptedException {
    reader.join(PATIENCE_MILLIS); // it mostly has read all of it by now
    synchronized (this) {
      return new String(tail, StandardCharsets.UTF_8);
    }
  }
}
