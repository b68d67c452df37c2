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
 * The network between two processes, which can be cut. While it is cut bytes neither arrive nor
 * bounce, as when a cable is pulled: connections hang, and new ones are taken but lead nowhere.
 * When it heals, connections of before are closed, for what was sent on them meanwhile is gone.
 *
 * <p>Two threads a connection; all may be called from any thread.
 */
final class TcpProxy implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean cut;

  /** Starts one on a free port; it leads nowhere yet. */
  TcpProxy() throws IOException {
    server = new ServerSocket();
    server.bind(Ports.loopback(0));
    start("proxy-" + port(), this::acceptAll);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Says where it leads to. */
  void leadTo(int port) {
    target = port;
  }

  /** Cuts the network. */
  void cut() {
    cut = true;
  }

  /** Mends it. */
  void heal() {
    cut = false;
    open.forEach(TcpProxy::closeQuietly);
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        LOG.trace("closed, or a client that left at once", e);
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
            close(client); // nobody there, as a client sees it of a server that is down
          }
        });
  }

  /** Carries bytes until one side closes; both are closed then. */
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
      LOG.trace("it is closed all the same", e);
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
