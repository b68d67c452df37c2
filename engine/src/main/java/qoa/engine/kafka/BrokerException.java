package qoa.engine.kafka;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Kafka could not do what was asked. The message is for operators: what, why, what to do. */
public final class BrokerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean lasting;

  /**
   * @param message what could not be done, and what to do about it
   * @param cause what Kafka's client said
   */
  public BrokerException(String message, Throwable cause) {
    this(message, cause, isRefusal(cause));
  }

  private BrokerException(String message, Throwable cause, boolean lasting) {
    super(message, cause);
    this.lasting = lasting;
  }

  /** Something that stays as it is until somebody mends it. */
  public static BrokerException lasting(String message) {
    return new BrokerException(message, null, true);
  }

  /**
   * Whether trying again would fail alike: Kafka refuses this engine, or what it sends, for a
   * reason that somebody has to mend first. Everything else passes: a broker that is away, a
   * connection that broke, a rebalance, a transaction that was cut off.
   */
  public boolean isLasting() {
    return lasting;
  }

  private static boolean isRefusal(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthenticationException
          || cause instanceof AuthorizationException
          || cause instanceof FencedInstanceIdException
          || cause instanceof InvalidConfigurationException
          || cause instanceof RecordTooLargeException
          || cause instanceof UnsupportedVersionException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Says what Kafka's client said, at its deepest, and what to look at where it heard nothing.
   *
   * @param problem what could not be done
   * @param brokers where the brokers were looked for
   */
  static BrokerException of(String problem, String brokers, Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String hint =
        deepest instanceof TimeoutException
            ? "; is a Kafka broker at %s, and is bootstrap.servers right?".formatted(brokers)
            : "";
    return new BrokerException(problem + ": " + deepest.getMessage() + hint, cause);
  }
}
