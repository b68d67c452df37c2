package qoa.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import qoa.core.documents.NearestName;
import qoa.core.settings.Checks;

/**
 * Finds misspelt Kafka properties, which Kafka itself ignores: with {@code security.protocl: SSL}
 * nothing would be encrypted. A name that resembles none of Kafka's is valid, because interceptors,
 * callback handlers and metrics reporters have settings of their own. Also finds properties in the
 * wrong section, and values that Kafka does not accept.
 */
public final class KafkaNames {

  private static final ConfigDef CONSUMER = ConsumerConfig.configDef();
  private static final ConfigDef PRODUCER = ProducerConfig.configDef();
  private static final ConfigDef ADMIN = AdminClientConfig.configDef();

  private static final Set<String> KNOWN =
      Stream.of(CONSUMER, PRODUCER, ADMIN)
          .flatMap(client -> client.names().stream())
          .collect(Collectors.toUnmodifiableSet());

  private static final Map<ConfigDef.Type, String> EXPECTED =
      Map.of(
          ConfigDef.Type.INT, "a whole number",
          ConfigDef.Type.LONG, "a whole number",
          ConfigDef.Type.SHORT, "a whole number",
          ConfigDef.Type.DOUBLE, "a number",
          ConfigDef.Type.BOOLEAN, "true or false",
          ConfigDef.Type.CLASS, "a class on the class path");

  private KafkaNames() {}

  /** Describes what is wrong with the name of a property; empty for a valid name. */
  public static Optional<String> mistake(String name) {
    return KNOWN.contains(name)
        ? Optional.empty()
        : NearestName.to(name, KNOWN)
            .map(meant -> "Kafka has no such property; did you mean " + meant + "?");
  }

  /** The same for a property under {@code consumer}. */
  public static Optional<String> consumerMistake(String name) {
    return elsewhere(
            name, CONSUMER, "consumer", PRODUCER.names().contains(name) ? "producer" : "kafka")
        .or(() -> mistake(name));
  }

  /** The same for a property under {@code producer}. */
  public static Optional<String> producerMistake(String name) {
    return elsewhere(
            name, PRODUCER, "producer", CONSUMER.names().contains(name) ? "consumer" : "kafka")
        .or(() -> mistake(name));
  }

  private static Optional<String> elsewhere(
      String name, ConfigDef client, String section, String right) {
    return KNOWN.contains(name) && !client.names().contains(name)
        ? Optional.of(
            "Kafka's %s has no such property and would ignore it; write it under %s"
                .formatted(section, right))
        : Optional.empty();
  }

  /** Checks that Kafka accepts the values of a section, except those of fixed properties. */
  static void checkValues(Checks checks, String section, Map<String, String> properties) {
    Map<String, String> left = new HashMap<>(properties);
    left.keySet().removeAll(FixedProperties.names());
    left.forEach(
        (name, value) ->
            List.of(CONSUMER, PRODUCER, ADMIN).stream()
                .map(client -> client.configKeys().get(name))
                .filter(key -> key != null)
                .findFirst()
                .ifPresent(
                    key -> checks.that(section + "/" + name, isValid(key, value), expected(key))));
  }

  private static boolean isValid(ConfigDef.ConfigKey key, String value) {
    try {
      Object parsed = ConfigDef.parseType(key.name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
      return true;
    } catch (ConfigException e) {
      return false;
    }
  }

  private static String expected(ConfigDef.ConfigKey key) {
    String range = key.validator == null ? "" : ", " + key.validator;
    return EXPECTED.getOrDefault(key.type, "a value that Kafka accepts") + range;
  }
}
