package qoa.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import qoa.core.documents.ProblemsException;
import qoa.service.config.HttpConfig;
import qoa.service.metrics.PrometheusMetrics;

/**
 * The HTTP server for operators: {@code /metrics} for Prometheus; {@code /health/live} and {@code
 * /health/ready}, which answer 503 with the cause as JSON if the engine does not work; and {@code
 * POST /reload}, only from this machine, which loads contracts and policies again.
 *
 * <p>Reading requests and writing responses is asynchronous, so no thread waits for a client. A
 * connection carries one request, and {@link ConnectionBounds} limits the number and the duration
 * of connections. The threads {@code qoa-ops-…} are daemons.
 */
public final class OpsServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int THREADS = 6;
  private static final int MAX_HEAD_BYTES = 8 * 1024;
  private static final long IDLE_MILLIS = 10_000;

  /**
   * Time limits.
   *
   * @param connection the longest duration of a connection
   * @param reload how long a client waits for a reload
   */
  record Limits(Duration connection, Duration reload) {
    static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(20));
  }

  private final Server server;
  private final ServerConnector connector;
  private final HttpConfig config;
  private final Limits limits;
  private final Health health;
  private final MetricsPage metrics;
  private final ChangeGuard guard;
  private final Map<String, Route> routes = new LinkedHashMap<>();
  private volatile Reloader reloader;

  /** Loads contracts and policies again. */
  @FunctionalInterface
  public interface Reloader {

    /**
     * Requests a reload. Called by threads of the server; does not block.
     *
     * @return the revision that is active afterwards; fails with {@link ProblemsException} if the
     *     files are not valid, and then the active revision does not change
     */
    CompletableFuture<String> reload();
  }

  private interface Answer {
    void send(Request request, Response response, Callback callback) throws IOException;
  }

  /**
   * The handler of a path.
   *
   * @param methods the allowed methods, in the form of the header {@code Allow}
   */
  private record Route(String methods, Answer answer) {}

  private OpsServer(HttpConfig config, PrometheusMetrics metrics, Health health, Limits limits) {
    this.config = config;
    this.limits = limits;
    this.health = health;
    this.metrics = new MetricsPage(metrics.registry());
    this.guard = new ChangeGuard(config);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, THREADS);
    threads.setName("qoa-ops");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(MAX_HEAD_BYTES);
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.addBean(new ConnectionBounds(connector.getScheduler(), limits.connection()));
    server.addConnector(connector);
    server.setHandler(new Router());
    addRoutes();
  }

  private void addRoutes() {
    String read = "GET, HEAD";
    routes.put("/metrics", new Route(read, metrics::send));
    routes.put("/health/live", new Route(read, this::live));
    routes.put("/health/ready", new Route(read, this::ready));
    routes.put("/reload", new Route("POST", this::reload));
    String index = String.join("\n", routes.keySet()) + "\n";
    routes.put("/", new Route(read, (request, response, to) -> text(response, to, 200, index)));
  }

  /**
   * Starts to listen.
   *
   * @param config the address; port 0 for any free port
   * @throws IOException if it cannot listen on the address; the message contains the address
   */
  public static OpsServer start(HttpConfig config, PrometheusMetrics metrics, Health health)
      throws IOException {
    return start(config, metrics, health, Limits.DEFAULT);
  }

  static OpsServer start(HttpConfig config, PrometheusMetrics metrics, Health health, Limits limits)
      throws IOException {
    OpsServer ops = new OpsServer(config, metrics, health, limits);
    try {
      ops.server.start();
      return ops;
    } catch (Exception e) { // Jetty declares no narrower one
      ops.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String why =
          cause instanceof UnresolvedAddressException
              ? "unknown host; set http.host to an address of this machine"
              : cause.getMessage();
      throw new IOException(
          "cannot listen on " + config.host() + ":" + config.port() + ": " + why, e);
    }
  }

  /** Sets what {@code POST /reload} does. Until then, it answers 409. */
  public void onReload(Reloader reload) {
    reloader = reload;
  }

  /** The URL of the server, such as {@code http://127.0.0.1:9464}. */
  public String url() {
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return "http://" + host + ":" + port();
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    metrics.close();
    try {
      server.stop();
    } catch (Exception e) { // Jetty declares no narrower one; nothing is left to do
      Thread.currentThread().interrupt();
    }
  }

  private final class Router extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      response.getHeaders().put("X-Content-Type-Options", "nosniff");
      Route route = routes.get(Request.getPathInContext(request));
      if (route == null) {
        text(response, callback, 404, "not found; / lists all paths\n");
      } else if (!(route.methods() + ",").contains(request.getMethod() + ",")) {
        response.getHeaders().put(HttpHeader.ALLOW, route.methods());
        String use = route.methods().replace(", ", " or ");
        text(response, callback, 405, "method not allowed; use " + use + "\n");
      } else {
        route.answer().send(request, response, callback);
      }
      return true;
    }
  }

  private void live(Request request, Response response, Callback callback) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    Optional<String> failure = health.failure();
    body.put("live", failure.isEmpty());
    failure.ifPresent(cause -> body.put("cause", cause));
    json(response, callback, failure.isEmpty(), body);
  }

  private void ready(Request request, Response response, Callback callback) throws IOException {
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
    json(response, callback, causes.isEmpty(), body);
  }

  private void reload(Request request, Response response, Callback callback) {
    Optional<String> refusal = guard.refusal(request);
    Reloader reload = reloader;
    if (refusal.isPresent()) {
      text(response, callback, 403, refusal.get() + "\n");
    } else if (reload == null) {
      text(response, callback, 409, "the engine is still starting; try again later\n");
    } else {
      CompletableFuture<String> unused =
          reload
              .reload()
              .copy() // the time limit is that of the response, not of the reload
              .orTimeout(limits.reload().toMillis(), TimeUnit.MILLISECONDS)
              .whenCompleteAsync(
                  (revision, failure) -> reloaded(response, callback, revision, failure),
                  server.getThreadPool());
    }
  }

  private void reloaded(Response response, Callback callback, String revision, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause == null) {
      text(response, callback, 200, "revision " + revision + "\n");
    } else if (cause instanceof TimeoutException) {
      String message = "the reload takes longer than %d s and continues; see /health/ready\n";
      text(response, callback, 504, message.formatted(limits.reload().toSeconds()));
    } else {
      text(response, callback, 422, health.printable(cause.getMessage()) + "\n");
    }
  }

  private static void json(
      Response response, Callback callback, boolean well, Map<String, Object> body)
      throws JsonProcessingException {
    send(
        response,
        callback,
        well ? 200 : 503,
        "application/json",
        JSON.writeValueAsString(body) + "\n");
  }

  private static void text(Response response, Callback callback, int status, String body) {
    send(response, callback, status, TEXT, body);
  }

  private static void send(
      Response response, Callback callback, int status, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }
}
