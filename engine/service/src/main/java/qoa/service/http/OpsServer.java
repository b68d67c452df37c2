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
 * /health/ready}, which answer 503 with the cause as JSON where the engine is not well; and {@code
 * POST /reload}, from this machine only, which has contracts and policies read again.
 *
 * <p>No thread waits for a client: requests are read and answers are written as the network lets
 * them through, a connection carries one request, and {@link ConnectionBounds} limits how many
 * connections there are and how long they last. The threads {@code qoa-ops-…} are daemons.
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
   * @param connection how long a connection lasts at most
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

  /** Reads contracts and policies again. */
  @FunctionalInterface
  public interface Reloader {

    /**
     * Asks for it; called by threads of the server, and does not wait.
     *
     * @return the revision in force then; or {@link ProblemsException} where they cannot be used,
     *     and what was in force still is
     */
    CompletableFuture<String> reload();
  }

  private interface Answer {
    void send(Request request, Response response, Callback callback) throws IOException;
  }

  /**
   * What a path answers.
   *
   * @param methods the methods that it has, as the header {@code Allow} names them
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
   * @param config where; port 0 for any free one
   * @throws IOException where it cannot listen there; the message says where
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
              ? "no such host; name an address of this machine in http.host"
              : cause.getMessage();
      throw new IOException(
          "cannot listen on " + config.host() + ":" + config.port() + ": " + why, e);
    }
  }

  /** What {@code POST /reload} does; before this it answers that there is nothing to reload yet. */
  public void onReload(Reloader reload) {
    reloader = reload;
  }

  /** Where it listens, such as {@code http://127.0.0.1:9464}. */
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
    } catch (Exception e) { // Jetty declares no narrower one; there is nothing left to do about it
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
        text(response, callback, 404, "not found; / lists what is here\n");
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
      text(response, callback, 409, "there is nothing to reload yet\n");
    } else {
      CompletableFuture<String> unused =
          reload
              .reload()
              .copy() // a time limit of ours, not of what is asked for
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
      String message = "is not done after %d s and goes on; /health/ready tells what comes of it\n";
      text(response, callback, 504, "the reload " + message.formatted(limits.reload().toSeconds()));
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
