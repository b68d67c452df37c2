package qoa.service.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that is not OPA and treats every request in the current mode. Any thread may call it.
 */
final class HostileOpa implements Closeable {

  /** What it does, and the cause that the engine must report. */
  enum Deed {
    NEVER_ANSWERS("has not answered for "),
    ANSWERS_EMPTY("its list of modules is no such list: no result"),
    ANSWERS_WITHOUT_END("its answer is longer than "),
    ANSWERS_VALUES_WITHOUT_END("its answer is longer than "),
    SENDS_A_HEADER_WITHOUT_END("lost the connection to OPA"),
    SENDS_HEADERS_WITHOUT_END("lost the connection to OPA"),
    REPEATS_WHAT_IT_GOT("OPA refused the token: 403 GET /v1/policies"),
    REPEATS_IT_IN_THE_FIRST_LINE("lost the connection to OPA"),
    REDIRECTS("OPA answered 302: a redirect to "),
    HANGS_UP("lost the connection to OPA");

    final String trouble;

    Deed(String trouble) {
      this.trouble = trouble;
    }
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final String elsewhere;
  private volatile Deed deed;

  /**
   * @param elsewhere where it redirects to
   */
  HostileOpa(Deed first, String elsewhere) throws IOException {
    this.deed = first;
    this.elsewhere = elsewhere;
    Thread acceptor = new Thread(this::accept, "hostile-opa");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  /** Changes the mode, and closes the open connections. */
  void now(Deed next) throws IOException {
    deed = next;
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread thread = new Thread(() -> serve(socket), "hostile-opa-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      String request = head(socket.getInputStream());
      requests.incrementAndGet();
      answer(socket.getOutputStream(), request);
    } catch (IOException e) {
      open.remove(socket); // the engine has closed it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("no request");
      }
      head.append((char) read);
    }
    return head.toString();
  }

  private void answer(OutputStream out, String request) throws IOException, InterruptedException {
    switch (deed) {
      case NEVER_ANSWERS -> TimeUnit.MINUTES.sleep(5);
      case ANSWERS_EMPTY -> send(out, 200, "", "{}");
      case ANSWERS_WITHOUT_END -> endless(out, "HTTP/1.1 200 OK\r\n\r\n{\"result\":\"", "xxxxxxxx");
      case ANSWERS_VALUES_WITHOUT_END ->
          endless(out, "HTTP/1.1 200 OK\r\n\r\n{\"result\":[", "{\"id\":\"x\",\"raw\":{}},");
      case SENDS_A_HEADER_WITHOUT_END -> endless(out, "HTTP/1.1 200 OK\r\nX-Long: ", "xxxxxxxx");
      case SENDS_HEADERS_WITHOUT_END -> endless(out, "HTTP/1.1 200 OK\r\n", "X-Long: x\r\n");
      case REPEATS_WHAT_IT_GOT -> send(out, 403, "", request);
      case REPEATS_IT_IN_THE_FIRST_LINE -> write(out, request.replace("\r\n", " ") + "\r\n\r\n");
      case REDIRECTS -> send(out, 302, "Location: " + elsewhere + "\r\n", "");
      case HANGS_UP -> out.close();
    }
  }

  private static void send(OutputStream out, int status, String headers, String body)
      throws IOException {
    write(
        out,
        "HTTP/1.1 %d Any\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n%s"
            .formatted(status, body.length(), headers, body));
  }

  private static void endless(OutputStream out, String start, String more) throws IOException {
    write(out, start);
    String many = more.repeat(1_000);
    while (true) {
      write(out, many);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
