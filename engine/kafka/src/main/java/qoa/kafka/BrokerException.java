package qoa.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidCommitOffsetSizeException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** A failure of Kafka. The message is for operators: what failed, why, and what to do. */
public final class BrokerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Errors that persist until an operator corrects their cause. */
  private static final List<Class<? extends KafkaException>> REFUSALS =
      List.of(
          AuthenticationException.class,
          AuthorizationException.class,
          ConfigException.class,
          FencedInstanceIdException.class,
          InconsistentGroupProtocolException.class,
          InvalidCommitOffsetSizeException.class,
          InvalidConfigurationException.class,
          InvalidGroupIdException.class,
          InvalidSessionTimeoutException.class,
          InvalidTimestampException.class,
          InvalidTopicException.class,
          InvalidTxnTimeoutException.class,
          OffsetMetadataTooLarge.class,
          PolicyViolationException.class,
          RecordTooLargeException.class,
          SerializationException.class,
          UnsupportedVersionException.class);

  private final boolean lasting;

  /**
   * @param message what failed, and what to do about it
   * @param cause the exception of the Kafka client
   */
  public BrokerException(String message, Throwable cause) {
    this(message, cause, isRefusal(cause));
  }

  private BrokerException(String message, Throwable cause, boolean lasting) {
    super(message, cause);
    this.lasting = lasting;
  }

  /** A failure that persists until an operator corrects its cause. */
  public static BrokerException lasting(String message) {
    return new BrokerException(message, null, true);
  }

  /** A failure that may disappear with a new connection, whatever its cause. */
  public static BrokerException passing(String message, Throwable cause) {
    return new BrokerException(message, cause, false);
  }

  /**
   * A failure of a Kafka client. If its cause is a BrokerException, returns that one.
   *
   * @param problem what failed
   * @param client the properties of the client that failed
   * @param topicRight the right that it needs on topics
   */
  public static BrokerException of(
      String problem, Map<String, ?> client, AclOperation topicRight, Throwable cause) {
    for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
      if (deeper instanceof BrokerException known) {
        return known;
      }
    }
    return new BrokerException(
        problem + ": " + new Causes(client, topicRight).explain(cause), cause);
  }

  /**
   * The same for the first call of a client. If no broker answered, probes the brokers, which takes
   * up to 6 s.
   */
  static BrokerException ofFirstCall(
      String problem, Map<String, ?> client, AclOperation topicRight, Throwable cause) {
    if (!(Causes.deepest(cause) instanceof TimeoutException)) {
      return of(problem, client, topicRight, cause);
    }
    String protocol = Causes.property(client, "security.protocol", "PLAINTEXT");
    String brokers = Causes.property(client, "bootstrap.servers", "");
    return new BrokerException(
        problem + ": no answer from Kafka: " + ListenerProbe.findings(brokers, protocol), cause);
  }

  /**
   * Whether a retry would fail too, because Kafka refuses the engine or its records for a reason
   * that an operator must correct. All other failures are temporary: a broker that is away, a lost
   * connection, a rebalance, an aborted transaction.
   */
  public boolean isLasting() {
    return lasting;
  }

  private static boolean isRefusal(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      Throwable error = Causes.answer(cause).orElse(cause);
      if (REFUSALS.stream().anyMatch(refusal -> refusal.isInstance(error))) {
        return true;
      }
    }
    return false;
  }
}
