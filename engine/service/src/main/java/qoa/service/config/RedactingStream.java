package qoa.service.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes lines on to another stream, without the values that must not be printed. */
public final class RedactingStream extends OutputStream {

  private final PrintStream to;
  private final Redactor redactor;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private RedactingStream(PrintStream to, Redactor redactor) {
    this.to = to;
    this.redactor = redactor;
  }

  /** A stream that replaces another one, such as {@link System#err}. */
  public static PrintStream over(PrintStream to, Redactor redactor) {
    // No autoflush: a line is passed on when it ends.
    return new PrintStream(new RedactingStream(to, redactor), false, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int one) {
    line.write(one);
    if (one == '\n' || one == '\r') {
      pass();
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    line.write(bytes, from, length);
    for (int i = from; i < from + length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        pass(); // includes the start of the next line, which does not wait for its end
        return;
      }
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    pass();
    to.flush();
  }

  private void pass() {
    to.print(redactor.redact(line.toString(StandardCharsets.UTF_8)));
    line.reset();
  }
}
