package qoa.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Objects in place of a file that cannot be read as one. */
public enum HostileFiles {
  LINK_WITHOUT_TARGET("is a link to nowhere, which does not exist") {
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
      // A socket's path may have 108 bytes only, so the socket is elsewhere and this is a link to
      // it.
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
  HUNDRED_MEGABYTES("has 100000000 bytes; the limit is 1048576") {
    @Override
    public void put(Path at) throws IOException {
      try (RandomAccessFile file = new RandomAccessFile(at.toFile(), "rw")) {
        file.setLength(100_000_000);
      }
    }
  },
  /** Permissions do not stop root, but the first byte of this file cannot be read. */
  UNREADABLE("cannot be read; check that it is a file and that you have permission to read it") {
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

  /** The beginning of the message about it. */
  public String message() {
    return message;
  }

  /** Creates it at a path that does not exist. */
  public abstract void put(Path at) throws Exception;
}
