package qoa.systemtests.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy between engines and an OPA server that can fail on request. Any thread may call it. */
final class OpaProxy implements AutoCloseable {

  /** The response to a query. */
  enum Mode {
    /** The response of OPA. */
    PASS,
    /** Status 500. */
    ERROR,
    /** None, until the mode changes; then the connection ends. */
    HANG
  }

  /** Headers of the connection, and headers that the client sets itself. */
  private static final List<String> OWN =
      List.of("connection", "content-length", "expect", "host", "upgrade", "http2-settings");

  private final HttpServer server;
  private final URI target;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private volatile Mode mode = Mode.PASS;

  /**
   * @param target the OPA server
   */
  OpaProxy(URI target) throws IOException {
    this.target = target;
    server = HttpServer.create(Ports.loopback(0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(workers);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void mode(Mode next) {
    mode = next;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    try (exchange) {
      switch (mode) {
        case ERROR -> exchange.sendResponseHeaders(500, -1);
        case HANG -> hang();
        case PASS -> pass(exchange, body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hang() throws InterruptedException {
    while (mode == Mode.HANG) {
      Thread.sleep(20);
    }
  }

  private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
    URI from = exchange.getRequestURI();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(from.toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (OWN.stream().noneMatch(name::equalsIgnoreCase)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
    answer
        .headers()
        .firstValue("content-type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    byte[] bytes = answer.body();
    exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    mode = Mode.PASS;
    server.stop(0);
    workers.shutdownNow();
  }
}
