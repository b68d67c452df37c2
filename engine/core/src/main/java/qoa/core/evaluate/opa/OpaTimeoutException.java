package qoa.core.evaluate.opa;

import com.bisnode.opa.client.OpaClientException;
import java.time.Duration;

/** OPA was reached, and did not answer in time. */
final class OpaTimeoutException extends OpaClientException {

  private static final long serialVersionUID = 1;

  OpaTimeoutException(Duration timeout) {
    super("timed out after " + timeout.toMillis() + " ms");
  }
}
