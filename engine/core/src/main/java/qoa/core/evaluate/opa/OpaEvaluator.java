package qoa.core.evaluate.opa;

import com.bisnode.opa.client.OpaClientException;
import com.bisnode.opa.client.rest.OpaServerConnectionException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.settings.OpaConfig;

/**
 * Evaluates on an OPA server: one query for many inputs. The server may restart or be given other
 * policies at any time: each answer says which revision it was made with, and where that is not the
 * prepared one, the revision is pushed again and the chunk asked again.
 *
 * <p>Callers take turns; it asks on threads of its own, {@code opa-1} and so on, which work only
 * while {@link #evaluate} waits for them.
 */
public final class OpaEvaluator implements PolicyEvaluator {

  /**
   * So often in a row may OPA get into trouble without a single answer in between; an input that is
   * the death of it is found first.
   */
  private static final int MAX_TROUBLES = BatchRun.MAX_LOSSES + 1;

  /** The same where it was in trouble before: it is asked rarely then, and little each time. */
  private static final int MAX_TROUBLES_AGAIN = 2;

  private static final String CLOSED = "the evaluator is closed";

  /** How long to wait for an OPA that is dead, though nobody has noticed yet. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(50), Duration.ofMillis(250));

  private final OpaEndpoint endpoint;
  private final OpaConfig config;
  private final HttpClient http;
  private final ExecutorService pool;
  private final BackOff backOff = new BackOff(System::nanoTime);
  private volatile OpaConnection opa;
  private volatile boolean closed;
  private Prepared prepared;

  private OpaEvaluator(OpaEndpoint endpoint, OpaConfig config, HttpClient http) {
    this.endpoint = endpoint;
    this.config = config;
    this.http = http;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        Executors.newFixedThreadPool(
            config.connections(),
            task -> {
              Thread thread = new Thread(task, "opa-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Makes an evaluator on the operator's OPA, or on one that it starts and stops itself.
   *
   * @param binary the OPA binary; may be null where the configuration has a URL
   * @throws ProblemsException where the file of certificate authorities cannot be used
   * @throws EvaluatorUnavailableException where OPA does not start
   */
  public static OpaEvaluator create(OpaConfig config, Path binary)
      throws ProblemsException, EvaluatorUnavailableException, InterruptedException {
    HttpClient http = Transport.client(config.caFile());
    OpaEndpoint endpoint =
        config.url() == null ? ManagedOpa.start(binary) : OpaEndpoint.external(config);
    return new OpaEvaluator(endpoint, config, http);
  }

  /** An evaluator on an endpoint, which it closes with itself. */
  static OpaEvaluator on(OpaEndpoint endpoint, OpaConfig config) throws ProblemsException {
    return new OpaEvaluator(endpoint, config, Transport.client(config.caFile()));
  }

  @Override
  public synchronized void prepare(Revision revision)
      throws ProblemsException, EvaluatorUnavailableException, InterruptedException {
    withBackOff(
        () -> {
          push(revision);
          return null;
        });
  }

  private void push(Revision revision)
      throws ProblemsException, EvaluatorUnavailableException, InterruptedException {
    try {
      connect();
      prepared = Prepared.of(revision, new RevisionPush(opa).push(revision));
    } catch (ProblemsException e) {
      restore(e);
      throw e;
    } catch (OpaClientException e) {
      throw unavailable(e);
    }
  }

  /** Something that OPA is asked for. */
  private interface Request<T, E extends Exception> {
    T run() throws E, EvaluatorUnavailableException, InterruptedException;
  }

  private <T, E extends Exception> T withBackOff(Request<T, E> request)
      throws E, EvaluatorUnavailableException, InterruptedException {
    backOff.check();
    try {
      T answer = request.run();
      backOff.worked();
      return answer;
    } catch (EvaluatorUnavailableException e) {
      backOff.failed(e);
      throw e;
    }
  }

  /** Where even this fails, the next batch finds another revision, and pushes again. */
  private void restore(ProblemsException reason) throws InterruptedException {
    try {
      if (prepared != null) {
        new RevisionPush(opa).push(prepared.revision());
      } else {
        new RevisionPush(opa).clear();
      }
    } catch (ProblemsException | OpaClientException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public List<Outcome> evaluate(List<Evaluation> batch)
      throws EvaluatorUnavailableException, InterruptedException {
    return evaluate(batch, Long.MAX_VALUE);
  }

  @Override
  public synchronized List<Outcome> evaluate(List<Evaluation> batch, long nanos)
      throws EvaluatorUnavailableException, InterruptedException {
    if (prepared == null) {
      throw new IllegalStateException("evaluate before prepare");
    }
    return withBackOff(() -> judge(batch, nanos));
  }

  private List<Outcome> judge(List<Evaluation> batch, long nanos)
      throws EvaluatorUnavailableException, InterruptedException {
    BatchRun run =
        new BatchRun(batch, prepared.dispatcher(), config.batchSize(), config.connections(), nanos);
    int patience = backOff.isFailing() ? MAX_TROUBLES_AGAIN : MAX_TROUBLES;
    int troubles = 0;
    while (true) {
      ChunkQuery query = new ChunkQuery(opa, prepared, config.timeout());
      OpaClientException trouble = ask(run, query);
      if (trouble == null) {
        return run.outcomes();
      }
      troubles = run.resume() ? 1 : troubles + 1;
      if (trouble instanceof OpaTimeoutException || troubles >= patience) {
        throw unavailable(trouble);
      }
      recover(PAUSES.iterator());
    }
  }

  private OpaClientException ask(BatchRun run, ChunkQuery query)
      throws EvaluatorUnavailableException, InterruptedException {
    try {
      return run.run(query, pool);
    } catch (IllegalStateException | RejectedExecutionException e) {
      if (closed) { // its threads were interrupted, or are gone
        throw new EvaluatorUnavailableException(CLOSED, e);
      }
      throw e;
    }
  }

  /** Finds OPA again, and gives it the prepared revision where it does not have it. */
  private void recover(Iterator<Duration> pauses)
      throws EvaluatorUnavailableException, InterruptedException {
    try {
      connect();
      String found = opa.document(Dispatcher.revisionPath(), config.timeout()).asText();
      if (!found.equals(prepared.revision().id())) {
        new RevisionPush(opa).push(prepared.revision());
      }
    } catch (OpaServerConnectionException e) {
      if (!pauses.hasNext()) {
        throw unavailable(e);
      }
      TimeUnit.MILLISECONDS.sleep(pauses.next().toMillis());
      recover(pauses);
    } catch (OpaClientException e) {
      throw unavailable(e);
    } catch (ProblemsException e) {
      throw new EvaluatorUnavailableException(
          "OPA does not take back the revision it had: " + e.getMessage(), e);
    }
  }

  private void connect() throws EvaluatorUnavailableException, InterruptedException {
    opa = new OpaConnection(endpoint.await(), endpoint.token(), http);
    if (closed) {
      opa.close(); // close() may have come before there was a connection to close
    }
  }

  private static EvaluatorUnavailableException unavailable(OpaClientException cause) {
    String message = cause.getMessage();
    if (cause instanceof OpaTimeoutException) {
      message = "OPA does not answer: " + message;
    } else if (cause instanceof OpaErrorException error) {
      message =
          error.isRefusal()
              ? "OPA refused the token: " + error.status() + " " + message
              : "OPA answered " + error.status() + ": " + message;
    }
    return new EvaluatorUnavailableException(message, cause);
  }

  @Override
  public Optional<String> trouble() {
    OpaConnection now = opa;
    return endpoint.trouble().or(() -> now == null ? Optional.empty() : now.trouble());
  }

  /** Any thread may call it: a call that runs ends at once, as where OPA is away. */
  @Override
  public void close() {
    closed = true;
    OpaConnection now = opa;
    if (now != null) {
      now.close();
    }
    pool.shutdownNow();
    endpoint.close();
  }
}
