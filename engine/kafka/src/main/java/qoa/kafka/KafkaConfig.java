package qoa.kafka;

import java.util.HashMap;
import java.util.Map;
import qoa.core.settings.Checks;
import qoa.core.settings.SecretKeys;

/**
 * Kafka client properties by Kafka's own names. They are handed through, but for those that
 * exactly-once rests on; {@link KafkaNames} checks the names in {@code engine.yaml}.
 *
 * @param common for consumer, producer and admin client
 * @param consumer over {@code common}, for the consumer
 * @param producer over {@code common}, for the producer
 */
public record KafkaConfig(
    Map<String, String> common, Map<String, String> consumer, Map<String, String> producer) {

  static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  /** How long a member may be silent before its partitions go to others, in milliseconds. */
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

  /** Where the brokers are: {@code HOST:PORT}, several with commas between. */
  public String bootstrapServers() {
    return common.get(BOOTSTRAP_SERVERS);
  }

  /** The same, with brokers elsewhere. */
  public KafkaConfig withBootstrapServers(String servers) {
    Map<String, String> elsewhere = new HashMap<>(common);
    elsewhere.put(BOOTSTRAP_SERVERS, servers);
    return new KafkaConfig(elsewhere, consumer, producer);
  }

  /** All properties of the consumer; the caller's own copy. */
  public Map<String, Object> forConsumer() {
    return merged(consumer);
  }

  /** All properties of the producer; the caller's own copy. */
  public Map<String, Object> forProducer() {
    return merged(producer);
  }

  /** All properties of the admin client; the caller's own copy. */
  public Map<String, Object> forAdmin() {
    return merged(Map.of());
  }

  private Map<String, Object> merged(Map<String, String> over) {
    Map<String, Object> merged = new HashMap<>(common);
    merged.putAll(over);
    return merged;
  }

  private static void check(Checks checks, String section, Map<String, String> properties) {
    KafkaFoundations.check(checks, section, properties);
    KafkaNames.checkValues(checks, section, properties);
  }

  /** Kafka says it of neither in words that name them. */
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
      Map<String, String> common, Map<String, String> consumer, String name, int otherwise) {
    String value = consumer.getOrDefault(name, common.get(name));
    return value == null ? otherwise : Integer.parseInt(value.strip());
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "KafkaConfig[common=%s, consumer=%s, producer=%s]"
        .formatted(
            SecretKeys.hidden(common), SecretKeys.hidden(consumer), SecretKeys.hidden(producer));
  }
}
