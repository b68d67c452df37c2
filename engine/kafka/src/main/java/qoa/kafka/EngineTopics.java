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
 * The topics of an engine, looked at before it starts: that it has every right that it needs, that
 * none loses what the engine writes there, and how large a record each takes. For one thread, which
 * waits here for a broker as {@link Topics} does.
 */
public final class EngineTopics implements AutoCloseable {

  /** Room for the key and the headers that a record has beside its value, in bytes. */
  static final int HEADROOM_BYTES = 64 * 1024;

  /** The largest event or status, with key and headers: 64 KiB for the value. */
  static final int RESULT_BYTES = 72 * 1024;

  /** A dead letter without key, value and headers of its own; marks of re-keyed topics. */
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
   * @param compacted whether the newest record of each key must be kept, or each record
   * @param least the size of a record that it must take, in bytes
   * @param most the size of the largest record that it may have to take, in bytes
   * @param more what becomes of larger records than it takes
   */
  private record Written(String name, boolean compacted, int least, int most, String more) {}

  /**
   * Connects.
   *
   * @param group the consumer group
   * @param reportBytes the size of the largest report
   * @param producerBytes the size of the largest record that the producer sends
   * @param limits told what the topics take
   * @throws BrokerException where the properties are not valid
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
   * Looks at the rights, and whether there are reports to read.
   *
   * @return which topics of reports do not exist, and what to do; empty where all do
   * @throws BrokerException where a right is missing, or no broker answers
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
            "topic %s does not exist, so the engine waits for it; create it, as with: kafka-topics.sh --bootstrap-server $BROKERS --create --topic %s, or change topics.reports"
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
            "a larger dead letter goes there without its value"));
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

  /** How many partitions each topic of reports has. To be called when none is missing. */
  public Map<String, Integer> reportPartitions() {
    Map<String, Integer> partitions = new LinkedHashMap<>();
    names.reports().forEach(name -> partitions.put(name, states.get(name).partitions()));
    return partitions;
  }

  /**
   * Creates the topics that are missing, but for that of re-keyed reports, and checks the rest. To
   * be called when no reports are missing.
   *
   * @throws BrokerException where a topic cannot be created, or is not fit
   */
  public void prepare() {
    prepare(written(false));
  }

  /**
   * Does the same with the topic of re-keyed reports.
   *
   * @return how many partitions it has
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
    boolean letters = topic.name().equals(names.deadLetters());
    int size = letters ? Math.max(producerBytes, topic.most()) : topic.most();
    Map<String, String> wishes = new HashMap<>();
    if (!topic.compacted()) {
      wishes.put(CLEANUP, "delete");
    }
    if (topic.least() < topic.most()) {
      wishes.put(SIZE, String.valueOf(size));
    }
    topics.create(
        topic.name(),
        topic.name().equals(names.byApplication()) ? Optional.of(partitions()) : Optional.empty(),
        topic.compacted() ? Map.of(CLEANUP, "compact") : Map.of(),
        wishes);
  }

  private void check(Written topic, Config config) {
    String cleanup = config.get(CLEANUP).value();
    if (topic.compacted() && !cleanup.equals("compact")) {
      throw unfit(topic, CLEANUP, "compact", cleanup, "what stands there would be deleted in time");
    }
    if (!topic.compacted() && cleanup.contains("compact")) {
      throw unfit(
          topic, CLEANUP, "delete", cleanup, "all but the last record of a key would be lost");
    }
    int size = Integer.parseInt(config.get(SIZE).value());
    if (size < topic.least()) {
      throw unfit(
          topic,
          SIZE,
          String.valueOf(topic.most()),
          String.valueOf(size),
          "the engine writes records of up to " + topic.least() + " bytes there");
    }
    int before = limits.of(topic.name());
    limits.set(topic.name(), Math.min(size, producerBytes));
    if (limits.of(topic.name()) != before && size < topic.most()) {
      LOG.warn(
          "topic {} takes records of up to {} bytes; {}. To raise that: {}",
          topic.name(),
          size,
          topic.more(),
          alter(topic, SIZE, String.valueOf(topic.most())));
    }
  }

  private static BrokerException unfit(
      Written topic, String property, String expected, String found, String why) {
    return BrokerException.lasting(
        "topic %s must have %s=%s, but has %s: %s. Change it: %s"
            .formatted(
                topic.name(), property, expected, found, why, alter(topic, property, expected)));
  }

  private static String alter(Written topic, String property, String value) {
    return "kafka-configs.sh --bootstrap-server $BROKERS --alter --entity-type topics --entity-name %s --add-config %s=%s"
        .formatted(topic.name(), property, value);
  }

  @Override
  public void close() {
    topics.close();
  }
}
