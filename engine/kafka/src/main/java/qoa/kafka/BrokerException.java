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

/** Kafka could not do what was asked. The message is for operators: what, why, what to do. */
public final class BrokerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What a broker, or Kafka's client, goes on to refuse until somebody mends something. */
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

  /** Something that may be otherwise with a new connection, whatever the cause. */
  public static BrokerException passing(String message, Throwable cause) {
    return new BrokerException(message, cause, false);
  }

  /**
   * A failure of a Kafka client. Where it failed because of this engine, such a cause is given back
   * as it is.
   *
   * @param problem what could not be done
   * @param client the properties of the client that failed
   * @param topicRight the right that it needs of topics
   */
  public static BrokerException of(
      String problem, Map<String, ?> client, AclOperation topicRight, Throwable cause) {
    for (Throwable behind = cause; behind != null; behind = behind.getCause()) {
      if (behind instanceof BrokerException known) {
        return known;
      }
    }
    return new BrokerException(
        problem + ": " + new Causes(client, topicRight).explain(cause), cause);
  }

  /**
   * The same for a client that was never answered before: the brokers are looked at, too, for up to
   * 6 s.
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
   * Whether trying again would fail alike: Kafka refuses this engine, or what it sends, for a
   * reason that somebody has to mend first. Everything else passes: a broker that is away, a
   * connection that broke, a rebalance, a transaction that was cut off.
   */
  public boolean isLasting() {
    return lasting;
  }

  private static boolean isRefusal(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      Throwable meant = Causes.answer(cause).orElse(cause);
      if (REFUSALS.stream().anyMatch(refusal -> refusal.isInstance(meant))) {
        return true;
      }
    }
    return false;
  }
}
