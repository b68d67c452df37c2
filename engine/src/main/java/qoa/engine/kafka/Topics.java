package qoa.engine.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that the engine writes to, where they are missing; one that exists is left as
 * it is. For use by one thread, while starting.
 */
public final class Topics implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
  private static final String TIMEOUT_MILLIS = "20000";

  private final Admin admin;
  private final String brokers;

  /**
   * @param client Kafka client properties, {@code bootstrap.servers} among them
   * @throws BrokerException where they are no valid properties
   */
  public Topics(Map<String, String> client) {
    brokers = client.get("bootstrap.servers");
    Map<String, Object> properties = new HashMap<>();
    properties.put("default.api.timeout.ms", TIMEOUT_MILLIS);
    properties.put("request.timeout.ms", TIMEOUT_MILLIS);
    properties.putAll(client);
    try {
      admin = Admin.create(properties);
    } catch (KafkaException e) {
      throw new BrokerException("cannot set up a Kafka client: " + deepest(e), e);
    }
  }

  /**
   * Makes sure that a topic is there. Replicas of a new one are the broker's default.
   *
   * @param partitions of a new one; empty for the broker's default
   * @param wishes topic properties for a new one; given up where the broker does not allow them
   * @throws BrokerException where the topic is missing and cannot be created, or where the broker
   *     does not answer within 20 s
   */
  public void ensure(String topic, Optional<Integer> partitions, Map<String, String> wishes) {
    try {
      if (partitions(topic) == 0) {
        create(topic, partitions, wishes);
      }
    } catch (ExecutionException e) {
      throw failure(topic, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(topic, e);
    }
  }

  /**
   * How many partitions a topic has; 0 where it is not there.
   *
   * @throws BrokerException where the broker does not say within 20 s
   */
  public int count(String topic) {
    try {
      return partitions(topic);
    } catch (ExecutionException e) {
      throw failure(topic, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(topic, e);
    }
  }

  private int partitions(String topic) throws ExecutionException, InterruptedException {
    try {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0;
      }
      throw e;
    }
  }

  private static BrokerException interrupted(String topic, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new BrokerException("interrupted while looking for topic " + topic, e);
  }

  private void create(String topic, Optional<Integer> partitions, Map<String, String> wishes)
      throws ExecutionException, InterruptedException {
    try {
      NewTopic created = new NewTopic(topic, partitions, Optional.empty()).configs(wishes);
      admin.createTopics(List.of(created)).all().get();
      LOG.info("created topic {}", topic);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return; // another engine was faster
      }
      if (!wishes.isEmpty() && isRefusal(e.getCause())) {
        LOG.warn("the broker does not allow {} for topic {}: {}", wishes, topic, deepest(e));
        create(topic, partitions, Map.of());
        return;
      }
      throw e;
    }
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof PolicyViolationException
        || cause instanceof InvalidConfigurationException;
  }

  private BrokerException failure(String topic, Throwable cause) {
    if (cause instanceof TimeoutException) {
      return new BrokerException(
          "cannot look for topic %s: no answer from %s; is a Kafka broker there, and is bootstrap.servers right?"
              .formatted(topic, brokers),
          cause);
    }
    if (cause instanceof AuthorizationException) {
      return new BrokerException(
          "may not look for or create topic "
              + topic
              + " ("
              + deepest(cause)
              + "): create it, or allow this client DESCRIBE and CREATE on it",
          cause);
    }
    return new BrokerException("cannot create topic " + topic + ": " + deepest(cause), cause);
  }

  private static String deepest(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage();
  }

  @Override
  public void close() {
    admin.close();
  }
}
