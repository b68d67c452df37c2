package qoa.core.evaluate.opa;

import com.bisnode.opa.client.OpaClientException;
import com.bisnode.opa.client.OpaConfiguration;
import com.bisnode.opa.client.data.OpaDataClient;
import com.bisnode.opa.client.data.OpaDocument;
import com.bisnode.opa.client.policy.OpaPolicy;
import com.bisnode.opa.client.policy.OpaPolicyClient;
import com.bisnode.opa.client.rest.OpaRestClient;
import com.bisnode.opa.client.rest.OpaServerConnectionException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import qoa.core.model.ReportBounds;

/**
 * One OPA at one address: the client library's REST client, with a bearer token, bounds of time and
 * length on each answer, and errors that keep what OPA said. Redirects are not followed: the token
 * would go with them. The token is taken out of all that comes back.
 *
 * <p>All failures but interrupts are {@link OpaClientException}: {@link OpaErrorException}, {@link
 * OpaTimeoutException}, {@link OpaAnswerException}, or {@link OpaServerConnectionException} where
 * OPA was not reached or went away. Safe for any number of threads.
 */
final class OpaConnection extends OpaRestClient implements AutoCloseable {

  /** OPA compiles all it holds at each module, which takes longer than judging an input. */
  private static final Duration COMPILE_TIMEOUT = Duration.ofSeconds(60);

  /** It compiles nothing to tell what it holds. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  /** The longest answer of a query, in bytes: 10,000 verdicts of 800 bytes. */
  static final int MAX_ANSWER = 8 << 20;

  /** The most values and brackets in it: each takes some fifty bytes of memory. */
  private static final int MAX_TOKENS = 500_000;

  private static final int MAX_ERROR = 1 << 20;

  /** What OPA holds comes with its syntax trees; read by one thread at a time, and copied once. */
  private static final long MAX_MODULES = Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8);

  private static final long SLOW_SECONDS = 5;
  private static final int SHOWN = 200;
  private static final int FIRST_REDIRECT = 300;
  private static final int FIRST_ERROR = 400;

  /** A verdict may hold a whole report, a few levels deep, with keys that senders choose. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxTokenCount(MAX_TOKENS)
                      .maxNestingDepth(ReportBounds.DEPTH + 100)
                      .maxNameLength(ReportBounds.BYTES)
                      .maxStringLength(ReportBounds.BYTES)
                      .build())
              .build());

  private final URI address;
  private final HttpClient http;
  private final String token;
  private final TokenFilter filter;

  /** An answer that somebody waits for. */
  private static final class Call {
    private final CompletableFuture<?> answer;
    private final long since = System.nanoTime();

    private Call(CompletableFuture<?> answer) {
      this.answer = answer;
    }
  }

  private final Set<Call> waiting = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;
  private final OpaPolicyClient policies = new OpaPolicyClient(this);
  private final OpaDataClient documents = new OpaDataClient(this);

  /**
   * @param token bearer token; null for none
   */
  OpaConnection(URI uri, String token, HttpClient http) {
    super(new OpaConfiguration(uri.toString(), HttpClient.Version.HTTP_1_1), http, JSON);
    this.address = uri.resolve("/");
    this.http = http;
    this.token = token;
    this.filter = new TokenFilter(token);
  }

  /** Creates or replaces a module; OPA compiles it together with all others. */
  void putModule(String id, String text) throws InterruptedException {
    interruptible(() -> policies.createOrUpdatePolicy(new OpaPolicy(ModuleIds.encoded(id), text)));
  }

  /** Creates or replaces what stands at a path of {@code data}. */
  void putDocument(String path, JsonNode document) throws InterruptedException {
    interruptible(
        () -> documents.createOrOverwriteDocument(new OpaDocument(path, document.toString())));
  }

  /** Deletes a module. */
  void deleteModule(String id) throws InterruptedException {
    HttpRequest request =
        getBasicRequestBuilder("/v1/policies/" + ModuleIds.encoded(id)).DELETE().build();
    send(request, BodyHandlers.discarding(), MAX_ANSWER, COMPILE_TIMEOUT);
  }

  /** All modules that OPA holds, other people's among them. */
  List<HeldModule> modules() throws InterruptedException {
    HttpRequest request = getBasicRequestBuilder("/v1/policies").GET().build();
    byte[] answer = bytes(request, MAX_MODULES, READ_TIMEOUT);
    try {
      return HeldModule.list(answer);
    } catch (IOException e) {
      throw notOpa("its list of modules is no such list: " + message(e));
    }
  }

  /** What stands at a path of {@code data}; missing where it is undefined. */
  JsonNode document(String path, Duration timeout) throws InterruptedException {
    HttpRequest request = getBasicRequestBuilder("/v1/data/" + path).GET().build();
    return json(bytes(request, MAX_ANSWER, timeout)).path("result");
  }

  /**
   * Evaluates what stands at a path of {@code data}.
   *
   * @param body {@code {"input": …}}
   * @return OPA's answer, an object
   */
  JsonNode query(String path, byte[] body, Duration timeout) throws InterruptedException {
    HttpRequest request =
        getBasicRequestBuilder("/v1/data/" + path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return json(bytes(request, MAX_ANSWER, timeout));
  }

  /** An answer without the token. */
  private byte[] bytes(HttpRequest request, long limit, Duration timeout)
      throws InterruptedException {
    return filter.hide(send(request, BodyHandlers.ofByteArray(), limit, timeout).body());
  }

  /** Who waits for an answer now gets none, nor does anybody later. */
  @Override
  public void close() {
    closed = true;
    waiting.forEach(call -> call.answer.cancel(true));
  }

  /** That OPA has not answered for a while, where somebody waits for it; any thread may ask. */
  Optional<String> trouble() {
    long now = System.nanoTime();
    long longest = waiting.stream().mapToLong(call -> now - call.since).max().orElse(0);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(longest);
    return seconds < SLOW_SECONDS
        ? Optional.empty()
        : Optional.of("OPA at " + address + " has not answered for " + seconds + " s");
  }

  @Override
  public HttpRequest.Builder getBasicRequestBuilder(String endpoint) {
    HttpRequest.Builder request = super.getBasicRequestBuilder(endpoint);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  /** What the library's own clients call; they push modules and data. */
  @Override
  public <T> HttpResponse<T> sendRequest(HttpRequest request, BodyHandler<T> handler)
      throws InterruptedException {
    return send(request, handler, MAX_ANSWER, COMPILE_TIMEOUT);
  }

  private <T> HttpResponse<T> send(
      HttpRequest request, BodyHandler<T> handler, long limit, Duration timeout)
      throws InterruptedException {
    AtomicReference<byte[]> error = new AtomicReference<>(new byte[0]);
    CompletableFuture<HttpResponse<T>> exchange =
        http.sendAsync(request, info -> subscriber(info, handler, limit, error));
    Call call = new Call(exchange);
    waiting.add(call);
    try {
      if (closed) {
        throw new OpaServerConnectionException("the connection to OPA is closed", null);
      }
      return checked(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS), error.get());
    } catch (TimeoutException e) {
      throw new OpaTimeoutException(timeout);
    } catch (CancellationException e) {
      throw new OpaServerConnectionException("the connection to OPA is closed", null);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } finally {
      waiting.remove(call);
      // Where nobody waits any more, the connection is closed, and OPA stops evaluating.
      exchange.cancel(true);
    }
  }

  private static <T> BodySubscriber<T> subscriber(
      HttpResponse.ResponseInfo info,
      BodyHandler<T> handler,
      long limit,
      AtomicReference<byte[]> error) {
    long declared = info.headers().firstValueAsLong("Content-Length").orElse(0);
    if (info.statusCode() < FIRST_REDIRECT) {
      return new BoundedBody<>(handler.apply(info), declared, limit);
    }
    return BodySubscribers.mapping(
        new BoundedBody<>(BodySubscribers.ofByteArray(), declared, MAX_ERROR),
        body -> {
          error.set(body);
          return null;
        });
  }

  private <T> HttpResponse<T> checked(HttpResponse<T> response, byte[] error) {
    int status = response.statusCode();
    if (status >= FIRST_ERROR) {
      throw OpaErrorException.of(status, filter.hide(error));
    }
    if (status >= FIRST_REDIRECT) {
      String to = filter.hide(response.headers().firstValue("Location").orElse("nowhere"));
      throw OpaErrorException.redirect(status, shortened(to));
    }
    return response;
  }

  private OpaClientException failed(Throwable cause) {
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (e instanceof BoundedBody.TooLongException) {
        return notOpa("its answer is " + e.getMessage());
      }
    }
    boolean connected = !(cause instanceof ConnectException);
    String what = connected ? "lost the connection" : "cannot connect";
    String why = cause.getMessage() == null ? "" : ": " + message(cause);
    // Causes from further down may quote what OPA sent, with the token.
    return new OpaServerConnectionException(
        what + " to OPA at " + address + why, connected ? null : cause);
  }

  private JsonNode json(byte[] answer) {
    try {
      JsonNode json = JSON.readTree(answer);
      if (json == null || !json.isObject()) {
        throw notOpa("its answer is no JSON object");
      }
      return json;
    } catch (StreamConstraintsException e) {
      throw notOpa("its answer is too large: " + message(e));
    } catch (IOException e) {
      throw notOpa("its answer is not JSON: " + message(e));
    }
  }

  /** What answers is no OPA, or one that is not well. */
  OpaAnswerException notOpa(String why) {
    return new OpaAnswerException("what answers at " + address + " is not OPA, or is sick: " + why);
  }

  private String message(Throwable e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return shortened(filter.hide(message));
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  /** The library's clients wrap an interrupt; it has to come out as one. */
  private static void interruptible(Runnable call) throws InterruptedException {
    try {
      call.run();
    } catch (OpaClientException e) {
      if (e.getCause() instanceof InterruptedException) {
        InterruptedException interrupt = new InterruptedException(e.getMessage());
        interrupt.initCause(e);
        throw interrupt;
      }
      throw e;
    }
  }
}
