package qoa.core.evaluate.opa;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import qoa.core.evaluate.EvaluatorUnavailableException;

/**
 * Stands before a managed OPA, and does to some requests what networks, proxies and a sick OPA do.
 * May be called from any thread.
 */
final class FaultyProxy implements OpaEndpoint {

  /** What becomes of a request. */
  enum Fault {
    /** Nobody ever answers. */
    HANG("OPA does not answer: timed out after 700 ms", "timed out after 700 ms"),
    /** The answer begins, and goes on by a byte now and then. */
    DRIP("OPA does not answer: timed out after 700 ms", "timed out after 700 ms"),
    /** An answer in OPA's own form says that something is wrong inside. */
    ERROR("OPA answered 500: storage is broken", "storage is broken"),
    /** The same, with what it was sent. */
    ECHO("OPA answered 500: bad request: Bearer ***", "bad request: Bearer ***"),
    /** An answer in nobody's form. */
    BAD_GATEWAY("OPA answered 502", null),
    REDIRECT("OPA answered 307: a redirect to http://127.0.0.1:9/", null),
    /** What OPA says of a document that it does not have. */
    EMPTY("its list of modules is no such list: no result", null),
    /** JSON with other types than OPA's. */
    OTHER_TYPES("its list of modules is no such list: START_OBJECT where START_ARRAY", null),
    NOT_JSON("its answer is not JSON", "its answer is not JSON"),
    GZIP("its answer is not JSON", "its answer is not JSON"),
    /** The types are right, but nothing is where it should be. */
    LIST("its answer is no JSON object", "its answer is no JSON object"),
    LONG("its answer is longer than 8192 KiB", "its answer is longer than 8192 KiB"),
    ENDLESS("its answer is longer than 8192 KiB", "its answer is longer than 8192 KiB"),
    /** Short, but a hundred times as large once it is read. */
    MANY_VALUES("its answer is too large", "its answer is too large"),
    LONG_HEADER("lost the connection to OPA", "OPA went away 3 times"),
    /** The connection is closed without an answer. */
    CLOSE("lost the connection to OPA", "OPA went away 3 times");

    /** What is said of OPA where all its answers are such. */
    final String trouble;

    /** What is said of an input whose answers are always such; null where it is never blamed. */
    final String blame;

    Fault(String trouble, String blame) {
      this.trouble = trouble;
      this.blame = blame;
    }
  }

  private record Rule(Fault fault, Predicate<String> body) {}

  private static final String INTERNAL_ERROR =
      "{\"code\": \"internal_error\", \"message\": \"storage is broken\"}";

  private final ManagedOpa opa;
  private final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
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
    requests.incrementAndGet();
    Rule now = rule;
    try {
      if (now == null || !now.body().test(new String(body, StandardCharsets.UTF_8))) {
        pass(exchange, body);
        return;
      }
      fail(exchange, now.fault());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(HttpExchange exchange, Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case HANG -> TimeUnit.MINUTES.sleep(1);
      case DRIP -> write(exchange, " ", 1, Long.MAX_VALUE);
      case ERROR -> answer(exchange, 500, INTERNAL_ERROR);
      case ECHO -> {
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        answer(exchange, 500, INTERNAL_ERROR.replace("storage is broken", "bad request: " + sent));
      }
      case BAD_GATEWAY -> answer(exchange, 502, "");
      case REDIRECT -> {
        exchange.getResponseHeaders().set("Location", "http://127.0.0.1:9/elsewhere");
        answer(exchange, 307, "");
      }
      case EMPTY -> answer(exchange, 200, "{}");
      case OTHER_TYPES -> answer(exchange, 200, "{\"result\": {\"revision\": 7, \"answers\": {}}}");
      case NOT_JSON -> answer(exchange, 200, "<html>");
      case GZIP -> {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        answer(exchange, 200, "\u001f\u008b\b\0\0");
      }
      case LIST -> answer(exchange, 200, "[]");
      case LONG -> {
        exchange.sendResponseHeaders(200, 10_000_000); // the rest would be in vain
        exchange.getResponseBody().write(utf8("{"));
        exchange.getResponseBody().flush();
      }
      case ENDLESS -> write(exchange, "{\"result\": [", 0, Long.MAX_VALUE);
      case MANY_VALUES -> answer(exchange, 200, "{\"result\": [" + "0,".repeat(600_000) + "0]}");
      case LONG_HEADER -> {
        exchange.getResponseHeaders().set("X-Long", "x".repeat(1_000_000));
        answer(exchange, 200, "{}");
      }
      case CLOSE -> exchange.close();
    }
  }

  /** Writes a text again and again until the connection is closed. */
  private static void write(HttpExchange exchange, String text, int pauseTenths, long times)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    byte[] bytes = pauseTenths > 0 ? utf8(text) : utf8(text.repeat(1_000));
    for (long i = 0; i < times; i++) {
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
      TimeUnit.MILLISECONDS.sleep(100L * pauseTenths);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** How many requests came so far. */
  int requests() {
    return requests.get();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    answer(exchange, status, utf8(body));
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
