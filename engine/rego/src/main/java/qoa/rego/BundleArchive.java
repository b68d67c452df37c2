package qoa.rego;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads what {@code opa build} writes: a tar archive, compressed. */
public final class BundleArchive {

  private static final int BLOCK = 512;

  private BundleArchive() {}

  /** The content of one file of an archive. */
  public static byte[] read(Path archive, String name) throws IOException {
    try (DataInputStream tar =
        new DataInputStream(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive))))) {
      byte[] header = new byte[BLOCK];
      while (true) {
        tar.readFully(header);
        String file = text(header, 0, 100);
        if (file.isEmpty()) {
          throw new IOException("no " + name + " in what OPA built");
        }
        int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
        byte[] content = new byte[size];
        tar.readFully(content);
        tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        if (file.equals(name) || file.equals("/" + name)) {
          return content;
        }
      }
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.US_ASCII);
  }
}
