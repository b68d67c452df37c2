package qoa.core.evaluate.opa;

import com.bisnode.opa.client.OpaClientException;

/**
 * OPA answered, but with what no OPA answers, or with more than is read. The fault is OPA's, or
 * that of something before it, unless OPA answers a trivial query well at the same time.
 */
final class OpaAnswerException extends OpaClientException {

  private static final long serialVersionUID = 1;

  /**
   * @param message what is wrong with the answer
   */
  OpaAnswerException(String message) {
    super(message);
  }
}
