package qoa.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can stand where a file is expected, and cannot be read as one. */
public enum HostileFiles {
  LINK_WITHOUT_TARGET("is a link to nowhere, which is not there") {
    @Override
    public void put(Path at) throws IOException {
      Files.createSymbolicLink(at, Path.of("nowhere"));
    }
  },
  LINK_TO_ITSELF("cannot be read: Too many levels of symbolic links") {
    @Override
    public void put(Path at) throws IOException {
      Files.createSymbolicLink(at, at.getFileName());
    }
  },
  PIPE("is a pipe, a socket or a device; expected a file") {
    @Override
    public void put(Path at) throws Exception {
      new ProcessBuilder("mkfifo", at.toString()).inheritIO().start().waitFor();
    }
  },
  SOCKET("is a pipe, a socket or a device; expected a file") {
    @Override
    public void put(Path at) throws IOException {
      // Longer paths than 108 bytes are no addresses: it is made elsewhere, and a link leads there.
      Path folder = Files.createTempDirectory("q");
      Path socket = folder.resolve("s");
      try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.bind(UnixDomainSocketAddress.of(socket));
      }
      Files.createSymbolicLink(at, socket);
    }
  },
  ENDLESS_DEVICE("is a pipe, a socket or a device; expected a file") {
    @Override
    public void put(Path at) throws IOException {
      Files.createSymbolicLink(at, Path.of("/dev/zero"));
    }
  },
  FOLDER("is a folder; expected a file") {
    @Override
    public void put(Path at) throws IOException {
      Files.createDirectory(at);
    }
  },
  HUNDRED_MEGABYTES("has 100000000 bytes; a file may have 1048576 at most") {
    @Override
    public void put(Path at) throws IOException {
      try (RandomAccessFile file = new RandomAccessFile(at.toFile(), "rw")) {
        file.setLength(100_000_000);
      }
    }
  },
  /** What permissions are to others, this is to root: the first byte cannot be read. */
  UNREADABLE("cannot be read; check that it is a file and that you may read it") {
    @Override
    public void put(Path at) throws IOException {
      Files.createSymbolicLink(at, Path.of("/proc/self/mem"));
    }
  },
  NOT_TEXT("is not UTF-8 text; save it as UTF-8") {
    @Override
    public void put(Path at) throws IOException {
      Files.write(at, new byte[] {'i', 'd', ':', ' ', (byte) 0xff});
    }
  };

  private final String message;

  HostileFiles(String message) {
    this.message = message;
  }

  /** How what is said of it begins. */
  public String message() {
    return message;
  }

  /** Puts it where nothing is. */
  public abstract void put(Path at) throws Exception;
}
