package qoa.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up topics and their properties, and creates missing topics. Never changes an existing
 * topic. For one thread. A call waits for a broker up to 20 s, unless the client's properties set
 * another timeout.
 */
public final class Topics implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int RETRY_MILLIS = 100;

  private final Admin admin;
  private final Map<String, Object> client;

  /**
   * The state of a topic.
   *
   * @param partitions 0 if the topic does not exist, or this client may not describe it
   * @param rights the operations that this client may perform on it; null if Kafka does not report
   *     them, for example because the topic does not exist
   */
  record State(int partitions, Set<AclOperation> rights) {

    /** Whether the topic exists. */
    boolean exists() {
      return partitions > 0;
    }
  }

  /**
   * @param client Kafka client properties, including {@code bootstrap.servers}
   * @throws BrokerException if the properties are not valid
   */
  public Topics(Map<String, ?> client) {
    this.client = Map.copyOf(client);
    Map<String, Object> properties = new HashMap<>();
    properties.put("default.api.timeout.ms", TIMEOUT_MILLIS);
    properties.put("request.timeout.ms", TIMEOUT_MILLIS);
    properties.putAll(client);
    try {
      admin = Admin.create(properties);
    } catch (KafkaException e) {
      throw failure("cannot create a Kafka client", e);
    }
  }

  /**
   * Creates a topic if it does not exist, with the broker's default for replicas.
   *
   * @param partitions of a new topic; empty for the broker's default
   * @param optional topic properties for a new topic; dropped if the broker does not allow them
   * @throws BrokerException if the topic is missing and cannot be created, or the broker does not
   *     answer in time
   */
  public void ensure(String topic, Optional<Integer> partitions, Map<String, String> optional) {
    if (!look(List.of(topic)).get(topic).exists()) {
      create(topic, partitions, Map.of(), optional);
    }
  }

  /**
   * Looks up topics.
   *
   * @throws BrokerException if the broker does not answer in time
   */
  Map<String, State> look(Collection<String> topics) {
    Map<String, State> states = new HashMap<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin
            .describeTopics(topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    answers.forEach((topic, answer) -> states.put(topic, state(topic, answer)));
    return states;
  }

  private State state(String topic, Future<TopicDescription> answer) {
    try {
      TopicDescription found = answer.get();
      return new State(found.partitions().size(), found.authorizedOperations());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicAuthorizationException) {
        return new State(0, EnumSet.noneOf(AclOperation.class));
      }
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof InvalidTopicException) {
        return new State(0, null);
      }
      throw failure("cannot look up topic " + topic, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The rights of this client on a consumer group; null if Kafka does not report them. */
  Set<AclOperation> groupRights(String group) {
    try {
      return admin
          .describeConsumerGroups(
              List.of(group), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
          .describedGroups()
          .get(group)
          .get()
          .authorizedOperations();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupAuthorizationException) {
        return EnumSet.noneOf(AclOperation.class);
      }
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return null; // the group has had no member yet
      }
      throw failure("cannot look up group " + group, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The properties of existing topics. Retries if a broker does not know a new topic yet. */
  Map<String, Config> properties(Collection<String> topics) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
    try {
      while (true) {
        try {
          return describe(topics);
        } catch (ExecutionException e) {
          boolean isNew = e.getCause() instanceof UnknownTopicOrPartitionException;
          if (!isNew || System.nanoTime() > deadline) {
            throw BrokerException.of(
                "cannot look up the properties of " + String.join(", ", topics),
                client,
                AclOperation.DESCRIBE_CONFIGS,
                e.getCause());
          }
          Thread.sleep(RETRY_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Map<String, Config> describe(Collection<String> topics)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<String, Config> properties = new HashMap<>();
    admin
        .describeConfigs(resources)
        .all()
        .get()
        .forEach((resource, config) -> properties.put(resource.name(), config));
    return properties;
  }

  /**
   * Creates a topic, unless another client has created it meanwhile.
   *
   * @param required topic properties that it must have
   * @param optional topic properties that are dropped if the broker does not allow them
   */
  void create(
      String topic,
      Optional<Integer> partitions,
      Map<String, String> required,
      Map<String, String> optional) {
    Map<String, String> properties = new HashMap<>(optional);
    properties.putAll(required);
    try {
      NewTopic created = new NewTopic(topic, partitions, Optional.empty()).configs(properties);
      admin.createTopics(List.of(created)).all().get();
      LOG.info("created topic {}", topic);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return;
      }
      if (!optional.isEmpty() && isRefusal(e.getCause())) {
        LOG.warn(
            "creating topic {} without {}, which the broker does not allow: {}",
            topic,
            optional,
            e.getCause().getMessage());
        create(topic, partitions, required, Map.of());
        return;
      }
      throw BrokerException.of(
          "cannot create topic " + topic, client, AclOperation.CREATE, named(topic, e.getCause()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof PolicyViolationException
        || cause instanceof InvalidConfigurationException;
  }

  /** Adds the name of the topic, which the broker does not report. */
  static Throwable named(String topic, Throwable cause) {
    return cause instanceof TopicAuthorizationException
        ? new TopicAuthorizationException(Set.of(topic))
        : cause;
  }

  private BrokerException failure(String problem, Throwable cause) {
    return BrokerException.ofFirstCall(problem, client, AclOperation.DESCRIBE, cause);
  }

  private static BrokerException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new BrokerException("interrupted while waiting for Kafka", e);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
