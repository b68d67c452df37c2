package qoa.engine.config;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import qoa.engine.model.NearestName;

/**
 * Tells misspelt Kafka properties, which Kafka itself passes over: with {@code security.protocl:
 * SSL} nothing would be encrypted. Names unlike all of Kafka's are left alone, for interceptors,
 * callback handlers and metrics reporters have settings of their own.
 */
final class KafkaNames {

  private static final Set<String> KNOWN =
      Stream.of(
              ConsumerConfig.configNames(),
              ProducerConfig.configNames(),
              AdminClientConfig.configNames())
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private KafkaNames() {}

  /** What is wrong with a property's name, and what was meant; empty where nothing is. */
  static Optional<String> mistake(String name) {
    return KNOWN.contains(name)
        ? Optional.empty()
        : NearestName.to(name, KNOWN)
            .map(meant -> "Kafka has no such property; did you mean " + meant + "?");
  }
}
