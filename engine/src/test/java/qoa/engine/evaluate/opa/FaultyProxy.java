package qoa.engine.evaluate.opa;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import qoa.engine.evaluate.EvaluatorUnavailableException;

/**
 * Stands before a managed OPA, and does to some requests what networks, proxies and a sick OPA do.
 * May be called from any thread.
 */
final class FaultyProxy implements OpaEndpoint {

  /** What becomes of a request. */
  enum Fault {
    /** Nobody ever answers. */
    HANG,
    /** An answer in OPA's own form says that something is wrong inside. */
    ERROR,
    /** An answer in nobody's form. */
    BAD_GATEWAY,
    /** The connection is closed without an answer. */
    CLOSE
  }

  private record Rule(Fault fault, Predicate<String> body) {}

  private static final String INTERNAL_ERROR =
      "{\"code\": \"internal_error\", \"message\": \"storage is broken\"}";

  private final ManagedOpa opa;
  private final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private volatile Rule rule;

  FaultyProxy(ManagedOpa opa) throws IOException {
    this.opa = opa;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(workers);
    server.start();
  }

  /** Does it to all requests. */
  void fail(Fault fault) {
    fail(fault, body -> true);
  }

  /** Does it to requests with such bodies. */
  void fail(Fault fault, Predicate<String> body) {
    rule = new Rule(fault, body);
  }

  void heal() {
    rule = null;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Rule now = rule;
    try {
      if (now == null || !now.body().test(new String(body, StandardCharsets.UTF_8))) {
        pass(exchange, body);
        return;
      }
      switch (now.fault()) {
        case HANG -> TimeUnit.MINUTES.sleep(1);
        case ERROR -> answer(exchange, 500, INTERNAL_ERROR.getBytes(StandardCharsets.UTF_8));
        case BAD_GATEWAY -> answer(exchange, 502, new byte[0]);
        case CLOSE -> exchange.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
    URI uri;
    try {
      uri = opa.await().resolve(exchange.getRequestURI().toString());
    } catch (EvaluatorUnavailableException e) {
      throw new IOException(e);
    }
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    answer(exchange, response.statusCode(), response.body());
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public URI await() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public String token() {
    return opa.token();
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
    opa.close();
  }
}
