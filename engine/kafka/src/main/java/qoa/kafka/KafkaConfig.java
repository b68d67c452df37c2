package qoa.kafka;

import java.util.HashMap;
import java.util.Map;
import qoa.core.settings.Checks;
import qoa.core.settings.SecretKeys;

/**
 * Kafka client properties under Kafka's own names. They are passed on to the clients. Properties on
 * which exactly-once processing depends cannot be changed. {@link KafkaNames} checks the names.
 *
 * @param common for consumer, producer and admin client
 * @param consumer for the consumer; overrides {@code common}
 * @param producer for the producer; overrides {@code common}
 */
public record KafkaConfig(
    Map<String, String> common, Map<String, String> consumer, Map<String, String> producer) {

  static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  /** How long a member may be silent before its partitions are reassigned, in milliseconds. */
  public static final int SESSION_TIMEOUT_MILLIS = 10_000;

  private static final int HEARTBEAT_MILLIS = 3_000;

  public KafkaConfig {
    Checks checks = new Checks();
    check(checks, "kafka", common);
    check(checks, "consumer", consumer);
    check(checks, "producer", producer);
    checks.done();
    checkHeartbeat(common, consumer);
    Map<String, String> withServers = new HashMap<>(common);
    withServers.putIfAbsent(BOOTSTRAP_SERVERS, "localhost:9092");
    common = Map.copyOf(withServers);
    consumer = Map.copyOf(consumer);
    producer = Map.copyOf(producer);
  }

  /** A broker on this machine. */
  public static KafkaConfig defaults() {
    return new KafkaConfig(Map.of(), Map.of(), Map.of());
  }

  /** The brokers: {@code HOST:PORT}, separated by commas. */
  public String bootstrapServers() {
    return common.get(BOOTSTRAP_SERVERS);
  }

  /** A copy with other brokers. */
  public KafkaConfig withBootstrapServers(String servers) {
    Map<String, String> properties = new HashMap<>(common);
    properties.put(BOOTSTRAP_SERVERS, servers);
    return new KafkaConfig(properties, consumer, producer);
  }

  /** All properties of the consumer, as a new map. */
  public Map<String, Object> forConsumer() {
    return merged(consumer);
  }

  /** All properties of the producer, as a new map. */
  public Map<String, Object> forProducer() {
    return merged(producer);
  }

  /** All properties of the admin client, as a new map. */
  public Map<String, Object> forAdmin() {
    return merged(Map.of());
  }

  private Map<String, Object> merged(Map<String, String> over) {
    Map<String, Object> merged = new HashMap<>(common);
    merged.putAll(over);
    return merged;
  }

  private static void check(Checks checks, String section, Map<String, String> properties) {
    FixedProperties.check(checks, section, properties);
    KafkaNames.checkValues(checks, section, properties);
  }

  /** Kafka checks this too, but its message does not name the properties. */
  private static void checkHeartbeat(Map<String, String> common, Map<String, String> consumer) {
    int session = number(common, consumer, "session.timeout.ms", SESSION_TIMEOUT_MILLIS);
    int heartbeat = number(common, consumer, "heartbeat.interval.ms", HEARTBEAT_MILLIS);
    String name =
        consumer.containsKey("heartbeat.interval.ms") || common.containsKey("heartbeat.interval.ms")
            ? "heartbeat.interval.ms"
            : "session.timeout.ms";
    String section = consumer.containsKey(name) ? "consumer" : "kafka";
    new Checks()
        .that(
            section + "/" + name,
            heartbeat < session,
            "heartbeat.interval.ms (%d) below session.timeout.ms (%d)"
                .formatted(heartbeat, session))
        .done();
  }

  private static int number(
      Map<String, String> common, Map<String, String> consumer, String name, int fallback) {
    String value = consumer.getOrDefault(name, common.get(name));
    return value == null ? fallback : Integer.parseInt(value.strip());
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "KafkaConfig[common=%s, consumer=%s, producer=%s]"
        .formatted(
            SecretKeys.hidden(common), SecretKeys.hidden(consumer), SecretKeys.hidden(producer));
  }
}
