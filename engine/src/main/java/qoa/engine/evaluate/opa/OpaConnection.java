package qoa.engine.evaluate.opa;

import com.bisnode.opa.client.OpaClientException;
import com.bisnode.opa.client.OpaConfiguration;
import com.bisnode.opa.client.data.OpaDataClient;
import com.bisnode.opa.client.data.OpaDocument;
import com.bisnode.opa.client.policy.OpaPolicy;
import com.bisnode.opa.client.policy.OpaPolicyClient;
import com.bisnode.opa.client.rest.OpaRestClient;
import com.bisnode.opa.client.rest.OpaServerConnectionException;
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
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One OPA at one address: the client library's REST client, with a bearer token, a time limit that
 * covers the whole answer, and errors that keep what OPA said. All failures but interrupts are
 * {@link OpaClientException}: {@link OpaErrorException}, {@link OpaTimeoutException}, or {@link
 * OpaServerConnectionException} where OPA was not reached or went away. Safe for any number of
 * threads.
 */
final class OpaConnection extends OpaRestClient {

  /** OPA compiles all it holds at each module, which takes longer than judging an input. */
  private static final Duration COMPILE_TIMEOUT = Duration.ofSeconds(60);

  private static final int FIRST_ERROR = 400;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final String token;
  private final OpaPolicyClient policies = new OpaPolicyClient(this);
  private final OpaDataClient documents = new OpaDataClient(this);

  /**
   * @param token bearer token; null for none
   */
  OpaConnection(URI uri, String token, HttpClient http) {
    super(new OpaConfiguration(uri.toString(), HttpClient.Version.HTTP_1_1), http, JSON);
    this.http = http;
    this.token = token;
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
    send(request, BodyHandlers.discarding(), COMPILE_TIMEOUT);
  }

  /** All modules that OPA holds, other people's among them. */
  JsonNode modules() throws InterruptedException {
    HttpRequest request = getBasicRequestBuilder("/v1/policies").GET().build();
    return parse(send(request, BodyHandlers.ofByteArray(), COMPILE_TIMEOUT).body()).path("result");
  }

  /** What stands at a path of {@code data}; missing where it is undefined. */
  JsonNode document(String path, Duration timeout) throws InterruptedException {
    HttpRequest request = getBasicRequestBuilder("/v1/data/" + path).GET().build();
    return parse(send(request, BodyHandlers.ofByteArray(), timeout).body()).path("result");
  }

  /**
   * Evaluates what stands at a path of {@code data}.
   *
   * @param body {@code {"input": …}}
   * @return OPA's answer, as it is
   */
  byte[] query(String path, byte[] body, Duration timeout) throws InterruptedException {
    HttpRequest request =
        getBasicRequestBuilder("/v1/data/" + path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return send(request, BodyHandlers.ofByteArray(), timeout).body();
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
    return send(request, handler, COMPILE_TIMEOUT);
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, Duration timeout)
      throws InterruptedException {
    AtomicReference<byte[]> error = new AtomicReference<>(new byte[0]);
    CompletableFuture<HttpResponse<T>> exchange =
        http.sendAsync(request, info -> subscriber(info, handler, error));
    try {
      HttpResponse<T> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() >= FIRST_ERROR) {
        throw OpaErrorException.of(response.statusCode(), error.get());
      }
      return response;
    } catch (TimeoutException e) {
      throw new OpaTimeoutException(timeout);
    } catch (ExecutionException e) {
      throw unreachable(request.uri(), e.getCause());
    } finally {
      // Where nobody waits any more, the connection is closed, and OPA stops evaluating.
      exchange.cancel(true);
    }
  }

  private static <T> HttpResponse.BodySubscriber<T> subscriber(
      HttpResponse.ResponseInfo info, BodyHandler<T> handler, AtomicReference<byte[]> error) {
    if (info.statusCode() < FIRST_ERROR) {
      return handler.apply(info);
    }
    return BodySubscribers.mapping(
        BodySubscribers.ofByteArray(),
        body -> {
          error.set(body);
          return null;
        });
  }

  private static OpaServerConnectionException unreachable(URI uri, Throwable cause) {
    String what = cause instanceof ConnectException ? "cannot connect" : "lost the connection";
    String why = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return new OpaServerConnectionException(what + " to OPA at " + uri.resolve("/") + why, cause);
  }

  /** An answer that is not JSON does not come from OPA. */
  static JsonNode parse(byte[] answer) {
    try {
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new OpaServerConnectionException("what answers is not OPA: " + e.getMessage(), e);
    }
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
