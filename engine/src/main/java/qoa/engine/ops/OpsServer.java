package qoa.engine.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import qoa.engine.model.ProblemsException;

/**
 * What operators ask over HTTP: {@code /metrics} for Prometheus, {@code /health/live} and {@code
 * /health/ready} for whoever restarts the engine or sends it work; 503 with the cause as JSON where
 * it is not well; and {@code POST /reload}, from this machine only, to have contracts and policies
 * read again. Runs on daemon threads of its own, {@code qoa-ops-1} and so on; requests beyond what
 * they and a short queue hold are refused.
 */
public final class OpsServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int THREADS = 2;
  private static final int QUEUE = 32;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final String host;
  private volatile Reloader reloader;

  /** Reads contracts and policies again. */
  @FunctionalInterface
  public interface Reloader {

    /**
     * Waits until they are in force; called by threads of the server.
     *
     * @return the revision in force then
     * @throws ProblemsException where they cannot be used; what was in force still is
     */
    String reload() throws ProblemsException, InterruptedException;
  }

  private OpsServer(HttpServer server, ThreadPoolExecutor threads, String host) {
    this.server = server;
    this.threads = threads;
    this.host = host;
  }

  /**
   * Starts to listen.
   *
   * @param host the address to listen on; {@code 127.0.0.1} keeps it on this machine
   * @param port 0 for any free one
   * @throws IOException where it cannot listen there; the message says where
   */
  public static OpsServer start(String host, int port, EngineMetrics metrics, Health health)
      throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException e) {
      throw new IOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
    ThreadPoolExecutor threads = threads();
    server.setExecutor(threads);
    OpsServer ops = new OpsServer(server, threads, host);
    server.createContext("/", ops.route(metrics, health));
    server.start();
    return ops;
  }

  private static ThreadPoolExecutor threads() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        THREADS,
        THREADS,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(QUEUE),
        task -> {
          Thread thread = new Thread(task, "qoa-ops-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** What {@code POST /reload} does; before this it answers that there is nothing to reload yet. */
  public void onReload(Reloader reload) {
    reloader = reload;
  }

  /** Where it listens, such as {@code http://127.0.0.1:9464}. */
  public String url() {
    return "http://" + host + ":" + port();
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Exactly these paths: the server's own matching would take {@code /metricsX} too. */
  private HttpHandler route(EngineMetrics metrics, Health health) {
    Map<String, HttpHandler> paths = new LinkedHashMap<>();
    paths.put("/metrics", new HTTPServer.HTTPMetricHandler(metrics.registry()));
    paths.put("/health/live", exchange -> live(exchange, health));
    paths.put("/health/ready", exchange -> ready(exchange, health));
    paths.put("/reload", this::reload);
    String index = String.join("\n", paths.keySet()) + "\n";
    paths.put("/", exchange -> answer(exchange, 200, TEXT, index));
    return exchange -> {
      try (exchange) {
        String path = exchange.getRequestURI().getPath();
        paths.getOrDefault(path, OpsServer::notFound).handle(exchange);
      }
    };
  }

  private static void live(HttpExchange exchange, Health health) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("live", health.failure().isEmpty());
    health.failure().ifPresent(cause -> body.put("cause", cause));
    json(exchange, health.failure().isEmpty(), body);
  }

  private static void ready(HttpExchange exchange, Health health) throws IOException {
    Map<String, String> causes = health.causes();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("ready", causes.isEmpty());
    if (!causes.isEmpty()) {
      body.put("cause", causes);
    }
    Map<String, String> degraded = health.degradations();
    if (!degraded.isEmpty()) {
      body.put("degraded", degraded);
    }
    json(exchange, causes.isEmpty(), body);
  }

  private void reload(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      answer(exchange, 405, TEXT, "POST it\n");
    } else if (!exchange.getRemoteAddress().getAddress().isLoopbackAddress()) {
      answer(exchange, 403, TEXT, "only from the machine that it runs on\n");
    } else if (reloader == null) {
      answer(exchange, 409, TEXT, "there is nothing to reload yet\n");
    } else {
      try {
        answer(exchange, 200, TEXT, "revision " + reloader.reload() + "\n");
      } catch (ProblemsException e) {
        answer(exchange, 422, TEXT, e.getMessage() + "\n");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        answer(exchange, 409, TEXT, "the engine is ending\n");
      }
    }
  }

  private static void json(HttpExchange exchange, boolean well, Map<String, Object> body)
      throws IOException {
    answer(exchange, well ? 200 : 503, "application/json", JSON.writeValueAsString(body) + "\n");
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    answer(exchange, 404, TEXT, "not found; / lists what is here\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
