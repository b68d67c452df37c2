package qoa.kafka;

import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.protocol.Errors;

/**
 * Says in an operator's words why Kafka's clients failed, and which setting or right to look at.
 */
final class Causes {

  private static final List<String> STORES = List.of("ssl.truststore", "ssl.keystore");

  /** Kafka's client gives some answers of a broker as text alone, behind these words. */
  private static final String TEXT_ALONE = "Unexpected error in ";

  private final Map<String, ?> client;
  private final AclOperation topicRight;

  /**
   * @param client the properties of the client that failed
   * @param topicRight the right that it makes use of where a topic is refused
   */
  Causes(Map<String, ?> client, AclOperation topicRight) {
    this.client = client;
    this.topicRight = topicRight;
  }

  /** What is behind a failure, and what to do about it. */
  String explain(Throwable failure) {
    return Stream.<Function<Throwable, Optional<String>>>of(
            this::right, this::store, this::security, Causes::limit, this::address)
        .map(known -> first(failure, known))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> message(deepest(failure)));
  }

  /** Of a failure and what is behind it, the first that something is known of. */
  private static Optional<String> first(
      Throwable failure, Function<Throwable, Optional<String>> known) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> text = known.apply(cause);
      if (text.isEmpty()) {
        text = answer(cause).flatMap(known);
      }
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  /** A broker's answer that the client gives as text. */
  static Optional<Throwable> answer(Throwable failure) {
    String text = failure.getMessage();
    if (text == null || !text.startsWith(TEXT_ALONE)) {
      return Optional.empty();
    }
    return Stream.of(Errors.values())
        .filter(error -> error != Errors.NONE && text.endsWith(error.message()))
        .findFirst()
        .map(Errors::exception);
  }

  private Optional<String> right(Throwable cause) {
    if (cause instanceof TopicAuthorizationException e) {
      return Optional.of(MissingRights.text(client, topicRights(e.unauthorizedTopics())));
    }
    if (cause instanceof GroupAuthorizationException e) {
      return Optional.of(missing(AclOperation.READ, "group", e.groupId()));
    }
    if (cause instanceof TransactionalIdAuthorizationException) {
      return Optional.of(missing(AclOperation.WRITE, "transactional-id", null));
    }
    return cause instanceof AuthorizationException
        ? Optional.of("Kafka does not allow it to this client: " + message(cause))
        : Optional.empty();
  }

  /** Topics are named everywhere but where offsets are committed, which takes READ. */
  private List<MissingRights.Right> topicRights(Set<String> topics) {
    return topics.isEmpty()
        ? List.of(new MissingRights.Right(AclOperation.READ, "topic", null))
        : topics.stream()
            .sorted()
            .map(topic -> new MissingRights.Right(topicRight, "topic", topic))
            .toList();
  }

  private String missing(AclOperation right, String kind, String name) {
    return MissingRights.text(client, List.of(new MissingRights.Right(right, kind, name)));
  }

  /** Which file of keys or certificates cannot be used, and why. */
  private Optional<String> store(Throwable cause) {
    String text = message(cause);
    if (cause instanceof SslAuthenticationException) {
      return Optional.empty(); // the files were read; a broker's certificate is at fault
    }
    for (String store : STORES) {
      Object file = client.get(store + ".location");
      if (file != null
          && (cause instanceof NoSuchFileException || text.contains("Failed to load"))
          && text.contains(file.toString())) {
        Throwable deepest = deepest(cause);
        String why =
            deepest instanceof NoSuchFileException ? "there is no such file" : message(deepest);
        return Optional.of(
            "cannot use %s of %s.location: %s; check that setting, %s.password and %s.type"
                .formatted(file, store, why, store, store));
      }
    }
    return text.contains("Cannot recover key")
        ? Optional.of("ssl.key.password does not open the key in ssl.keystore.location")
        : Optional.empty();
  }

  private Optional<String> security(Throwable cause) {
    if (cause instanceof SslAuthenticationException) {
      String deepest = message(deepest(cause));
      String hint =
          deepest.contains("Unsupported or unrecognized SSL message")
              ? "the broker's listener does not speak TLS: check security.protocol (now "
                  + protocol()
                  + ") and the port in bootstrap.servers"
              : "check ssl.truststore.location (it must hold the authority that signed the brokers'"
                  + " certificates), that these name the hosts in bootstrap.servers, and, where the"
                  + " brokers ask for a client's certificate, ssl.keystore.location";
      return Optional.of("TLS: " + deepest + "; " + hint);
    }
    return cause instanceof SaslAuthenticationException
            || cause.getClass().getSimpleName().contains("Sasl")
        ? Optional.of(
            "SASL: %s; check security.protocol (now %s), sasl.mechanism (now %s) and sasl.jaas.config"
                .formatted(message(cause), protocol(), mechanism()))
        : Optional.empty();
  }

  /** What the brokers' own settings bound. */
  private static Optional<String> limit(Throwable cause) {
    if (cause instanceof InvalidSessionTimeoutException) {
      return Optional.of(
          "session.timeout.ms is not between the brokers' group.min.session.timeout.ms and"
              + " group.max.session.timeout.ms");
    }
    return cause instanceof InvalidTxnTimeoutException
        ? Optional.of("transaction.timeout.ms is over the brokers' transaction.max.timeout.ms")
        : Optional.empty();
  }

  private Optional<String> address(Throwable cause) {
    if (cause instanceof ConfigException && message(cause).contains("No resolvable bootstrap")) {
      return Optional.of(
          "no host of bootstrap.servers can be resolved: " + client.get("bootstrap.servers"));
    }
    return cause instanceof TimeoutException
        ? Optional.of(
            "no answer: %s; is a Kafka broker at %s, and is bootstrap.servers right?"
                .formatted(message(deepest(cause)), client.get("bootstrap.servers")))
        : Optional.empty();
  }

  private String protocol() {
    return property("security.protocol", "PLAINTEXT");
  }

  private String mechanism() {
    return property("sasl.mechanism", "GSSAPI");
  }

  private String property(String name, String otherwise) {
    return property(client, name, otherwise);
  }

  static String property(Map<String, ?> client, String name, String otherwise) {
    Object value = client.get(name);
    return value == null ? otherwise : value.toString();
  }

  static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private static String message(Throwable problem) {
    return problem.getMessage() == null ? problem.toString() : problem.getMessage();
  }
}
