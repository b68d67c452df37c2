package qoa.service.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import qoa.core.engine.CannotRunException;

/** Buffered standard output, always in UTF-8. */
final class StandardOutput {

  private static final int BUFFER_BYTES = 1 << 16;

  private StandardOutput() {}

  static PrintStream open() {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
        false,
        StandardCharsets.UTF_8);
  }

  /** Flushes, and fails if the results could not be written. */
  static void finish(PrintStream out) throws CannotRunException {
    if (out.checkError()) {
      throw new CannotRunException("cannot write to standard output");
    }
  }
}
