package qoa.systemtests.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network between two processes, which can be cut. While it is cut, bytes neither arrive nor
 * fail to be sent, as with an unplugged cable: connections hang, and new ones are accepted but lead
 * nowhere. When the network is restored, the old connections are closed, because bytes sent on them
 * meanwhile are lost.
 *
 * <p>Two threads per connection. Any thread may call it.
 */
final class TcpProxy implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean cut;

  /** Starts it on a free port, without a target. */
  TcpProxy() throws IOException {
    server = new ServerSocket();
    server.bind(Ports.loopback(0));
    start("proxy-" + port(), this::acceptAll);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Sets the target. */
  void leadTo(int port) {
    target = port;
  }

  /** Cuts the network. */
  void cut() {
    cut = true;
  }

  /** Restores the network. */
  void heal() {
    cut = false;
    open.forEach(TcpProxy::closeQuietly);
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        LOG.trace("closed, or a client that disconnected at once", e);
      }
    }
  }

  private void connect(Socket client) {
    open.add(client);
    start(
        "proxy-" + port() + "-up",
        () -> {
          try (Socket far = new Socket()) {
            open.add(far);
            far.connect(Ports.loopback(target));
            far.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            start("proxy-" + port() + "-down", () -> pump(far, client));
            pump(client, far);
          } catch (IOException e) {
            close(client); // to the client, the server is down
          }
        });
  }

  /** Copies bytes until one side closes, then closes both. */
  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        while (cut && !from.isClosed()) {
          Thread.sleep(20);
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      LOG.trace("the usual end of a connection", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    closeQuietly(socket);
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      LOG.trace("it is closed anyway", e);
    }
  }

  private static void start(String name, Runnable run) {
    Thread thread = new Thread(run, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closeQuietly(server);
    open.forEach(TcpProxy::closeQuietly);
  }
}
