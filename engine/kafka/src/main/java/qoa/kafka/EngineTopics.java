package qoa.kafka;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.acl.AclOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.kafka.Topics.State;

/**
 * Checks the topics of an engine before it starts: whether the engine has the rights that it needs,
 * whether a topic would lose records, and how large a record each topic accepts. For one thread. A
 * call waits for a broker as {@link Topics} does.
 */
public final class EngineTopics implements AutoCloseable {

  /** Room for the key and the headers of a record, in bytes. */
  static final int HEADROOM_BYTES = 64 * 1024;

  /** The largest event or status, with key and headers: 64 KiB for the value. */
  static final int RESULT_BYTES = 72 * 1024;

  /** A dead letter without its key, value and headers, or a marker among re-keyed reports. */
  static final int SMALLEST_BYTES = 10 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(EngineTopics.class);
  private static final String CLEANUP = "cleanup.policy";
  private static final String SIZE = "max.message.bytes";

  private final KafkaConfig kafka;
  private final TopicsConfig names;
  private final String group;
  private final int reportBytes;
  private final int producerBytes;
  private final Topics topics;
  private final RecordLimits limits;
  private Map<String, State> states = Map.of();

  /**
   * A topic that the engine writes to.
   *
   * @param compacted whether Kafka must keep the latest record of each key; otherwise every record
   * @param minBytes the record size that the topic must accept, in bytes
   * @param maxBytes the size of the largest record that the engine may write, in bytes
   * @param fallback what the engine does with records that the topic does not accept
   */
  private record Written(
      String name, boolean compacted, int minBytes, int maxBytes, String fallback) {}

  /**
   * Connects.
   *
   * @param group the consumer group
   * @param reportBytes the size of the largest report
   * @param producerBytes the size of the largest record that the producer sends
   * @param limits receives the record sizes that the topics accept
   * @throws BrokerException if the properties are not valid
   */
  public EngineTopics(
      KafkaConfig kafka,
      TopicsConfig names,
      String group,
      long reportBytes,
      int producerBytes,
      RecordLimits limits) {
    this.kafka = kafka;
    this.names = names;
    this.group = group;
    this.reportBytes = Math.toIntExact(reportBytes);
    this.producerBytes = producerBytes;
    this.limits = limits;
    this.topics = new Topics(kafka.forAdmin());
  }

  /**
   * Checks the rights, and whether the topics of reports exist.
   *
   * @return the topics of reports that do not exist, and what to do; empty if all exist
   * @throws BrokerException if a right is missing, or no broker answers
   */
  public Optional<String> missingReports() {
    states = topics.look(all());
    Map<String, Set<AclOperation>> needed = needed();
    MissingRights missing = new MissingRights(kafka.forAdmin());
    needed.forEach(
        (name, rights) -> missing.check(rights, states.get(name).rights(), "topic", name));
    missing.check(EnumSet.of(AclOperation.READ), topics.groupRights(group), "group", group);
    missing.done();
    List<String> absent =
        names.reports().stream().filter(name -> !states.get(name).exists()).toList();
    return absent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "topic %s does not exist, so the engine waits for it; create it, for example: kafka-topics.sh --bootstrap-server $BROKERS --create --topic %s, or change topics.reports"
                .formatted(String.join(", ", absent), absent.get(0)));
  }

  private Set<String> all() {
    Set<String> all = new LinkedHashSet<>(names.reports());
    written(true).forEach(topic -> all.add(topic.name()));
    return all;
  }

  private boolean isRekeyed() {
    return names.rekey().applies(partitions());
  }

  private int partitions() {
    return names.reports().stream().mapToInt(name -> states.get(name).partitions()).sum();
  }

  private Map<String, Set<AclOperation>> needed() {
    Map<String, Set<AclOperation>> needed = new LinkedHashMap<>();
    names.reports().forEach(name -> needed.put(name, EnumSet.of(AclOperation.READ)));
    for (Written topic : written(isRekeyed())) {
      Set<AclOperation> rights = EnumSet.of(AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS);
      if (topic.compacted() || topic.name().equals(names.byApplication())) {
        rights.add(AclOperation.READ);
      }
      needed.put(topic.name(), rights);
    }
    return needed;
  }

  private List<Written> written(boolean rekeyed) {
    List<Written> written = new ArrayList<>();
    written.add(new Written(names.violations(), false, RESULT_BYTES, RESULT_BYTES, ""));
    written.add(new Written(names.status(), true, RESULT_BYTES, RESULT_BYTES, ""));
    written.add(new Written(names.state(), true, RESULT_BYTES, RESULT_BYTES, ""));
    written.add(
        new Written(
            names.deadLetters(),
            false,
            SMALLEST_BYTES,
            reportBytes + HEADROOM_BYTES,
            "a larger dead letter is written without its value"));
    if (rekeyed) {
      written.add(
          new Written(
              names.byApplication(),
              false,
              SMALLEST_BYTES,
              reportBytes + HEADROOM_BYTES,
              "a larger report becomes a dead letter"));
    }
    return written;
  }

  /** The number of partitions of each topic of reports. Call it when none is missing. */
  public Map<String, Integer> reportPartitions() {
    Map<String, Integer> partitions = new LinkedHashMap<>();
    names.reports().forEach(name -> partitions.put(name, states.get(name).partitions()));
    return partitions;
  }

  /**
   * Creates missing topics, except the topic of re-keyed reports, and checks their properties. Call
   * it when no topic of reports is missing.
   *
   * @throws BrokerException if a topic cannot be created, or has unsuitable properties
   */
  public void prepare() {
    prepare(written(false));
  }

  /**
   * Does the same for the topic of re-keyed reports.
   *
   * @return its number of partitions
   */
  public int prepareRekeying() {
    prepare(
        written(true).stream()
            .filter(topic -> topic.name().equals(names.byApplication()))
            .toList());
    State state = states.get(names.byApplication());
    return state.exists() ? state.partitions() : partitions();
  }

  private void prepare(List<Written> written) {
    for (Written topic : written) {
      if (!states.get(topic.name()).exists()) {
        create(topic);
      }
    }
    Map<String, Config> properties =
        topics.properties(written.stream().map(Written::name).toList());
    written.forEach(topic -> check(topic, properties.get(topic.name())));
  }

  private void create(Written topic) {
    boolean isDeadLetters = topic.name().equals(names.deadLetters());
    int size = isDeadLetters ? Math.max(producerBytes, topic.maxBytes()) : topic.maxBytes();
    Map<String, String> optional = new HashMap<>();
    if (!topic.compacted()) {
      optional.put(CLEANUP, "delete");
    }
    if (topic.minBytes() < topic.maxBytes()) {
      optional.put(SIZE, String.valueOf(size));
    }
    topics.create(
        topic.name(),
        topic.name().equals(names.byApplication()) ? Optional.of(partitions()) : Optional.empty(),
        topic.compacted() ? Map.of(CLEANUP, "compact") : Map.of(),
        optional);
  }

  private void check(Written topic, Config config) {
    String cleanup = config.get(CLEANUP).value();
    if (topic.compacted() && !cleanup.equals("compact")) {
      throw unsuitable(topic, CLEANUP, "compact", cleanup, "Kafka would delete old records");
    }
    if (!topic.compacted() && cleanup.contains("compact")) {
      throw unsuitable(
          topic,
          CLEANUP,
          "delete",
          cleanup,
          "Kafka would delete all but the last record of each key");
    }
    int size = Integer.parseInt(config.get(SIZE).value());
    if (size < topic.minBytes()) {
      throw unsuitable(
          topic,
          SIZE,
          String.valueOf(topic.maxBytes()),
          String.valueOf(size),
          "the engine writes records of up to " + topic.minBytes() + " bytes there");
    }
    int before = limits.of(topic.name());
    limits.set(topic.name(), Math.min(size, producerBytes));
    if (limits.of(topic.name()) != before && size < topic.maxBytes()) {
      LOG.warn(
          "topic {} accepts records of up to {} bytes; {}. To raise the limit: {}",
          topic.name(),
          size,
          topic.fallback(),
          alter(topic.name(), SIZE, String.valueOf(topic.maxBytes())));
    }
  }

  private static BrokerException unsuitable(
      Written topic, String property, String expected, String found, String why) {
    return BrokerException.lasting(
        "topic %s must have %s=%s, but has %s: %s. Change it: %s"
            .formatted(
                topic.name(),
                property,
                expected,
                found,
                why,
                alter(topic.name(), property, expected)));
  }

  /** The command that changes a property of a topic. */
  static String alter(String topic, String property, String value) {
    return "kafka-configs.sh --bootstrap-server $BROKERS --alter --entity-type topics --entity-name %s --add-config %s=%s"
        .formatted(topic, property, value);
  }

  @Override
  public void close() {
    topics.close();
  }
}
