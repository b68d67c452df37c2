package qoa.core.evaluate.opa;

import java.net.URI;
import java.util.Optional;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.settings.OpaConfig;

/** Where OPA answers, and what it wants to be shown. Safe for any number of threads. */
interface OpaEndpoint extends AutoCloseable {

  /**
   * The address to use now; waits a while for an OPA that is about to be back.
   *
   * @throws EvaluatorUnavailableException where it is not back in time
   */
  URI await() throws EvaluatorUnavailableException, InterruptedException;

  /** The bearer token; null for none. */
  String token();

  /** Why it does not answer now, where that is known without asking it. */
  Optional<String> trouble();

  @Override
  void close();

  /** An OPA that the operator runs: it has one address, and nobody to wait for. */
  static OpaEndpoint external(OpaConfig config) {
    return new OpaEndpoint() {
      @Override
      public URI await() {
        return config.url();
      }

      @Override
      public String token() {
        return config.token() == null ? null : config.token().reveal();
      }

      @Override
      public Optional<String> trouble() {
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }
}
