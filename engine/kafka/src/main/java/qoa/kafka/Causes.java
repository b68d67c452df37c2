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

/** Explains to operators why a Kafka client failed, and which setting or right to check. */
final class Causes {

  private static final List<String> STORES = List.of("ssl.truststore", "ssl.keystore");

  /** Kafka's client passes some errors of a broker on only as text, after this prefix. */
  private static final String TEXT_ONLY = "Unexpected error in ";

  private final Map<String, ?> client;
  private final AclOperation topicRight;

  /**
   * @param client the properties of the client that failed
   * @param topicRight the right that it needs on topics
   */
  Causes(Map<String, ?> client, AclOperation topicRight) {
    this.client = client;
    this.topicRight = topicRight;
  }

  /** The cause of a failure, and what to do about it. */
  String explain(Throwable failure) {
    return Stream.<Function<Throwable, Optional<String>>>of(
            this::right, this::store, this::security, Causes::limit, this::address)
        .map(known -> first(failure, known))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> message(deepest(failure)));
  }

  /** The explanation of the first known cause in the chain of a failure. */
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

  /** The error of a broker that the client passes on only as text. */
  static Optional<Throwable> answer(Throwable failure) {
    String text = failure.getMessage();
    if (text == null || !text.startsWith(TEXT_ONLY)) {
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
        ? Optional.of("Kafka does not authorize this client: " + message(cause))
        : Optional.empty();
  }

  /** Kafka names the topics, except when it commits offsets, which requires READ. */
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

  /** The file of keys or certificates that cannot be used, and the reason. */
  private Optional<String> store(Throwable cause) {
    String text = message(cause);
    if (cause instanceof SslAuthenticationException) {
      return Optional.empty(); // the files are readable; a broker's certificate is the problem
    }
    for (String store : STORES) {
      Object file = client.get(store + ".location");
      if (file != null
          && (cause instanceof NoSuchFileException || text.contains("Failed to load"))
          && text.contains(file.toString())) {
        Throwable deepest = deepest(cause);
        String why = deepest instanceof NoSuchFileException ? "no such file" : message(deepest);
        return Optional.of(
            "cannot use %s (%s.location): %s; check that setting, %s.password and %s.type"
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
              ? "the broker's listener does not use TLS: check security.protocol (now "
                  + protocol()
                  + ") and the port in bootstrap.servers"
              : "check that ssl.truststore.location contains the authority that signed the brokers'"
                  + " certificates, that these name the hosts in bootstrap.servers, and, if the"
                  + " brokers require a client certificate, ssl.keystore.location";
      return Optional.of("TLS: " + deepest + "; " + hint);
    }
    return cause instanceof SaslAuthenticationException
            || cause.getClass().getSimpleName().contains("Sasl")
        ? Optional.of(
            "SASL: %s; check security.protocol (now %s), sasl.mechanism (now %s) and sasl.jaas.config"
                .formatted(message(cause), protocol(), mechanism()))
        : Optional.empty();
  }

  /** Values outside the limits of the brokers' settings. */
  private static Optional<String> limit(Throwable cause) {
    if (cause instanceof InvalidSessionTimeoutException) {
      return Optional.of(
          "session.timeout.ms is outside the brokers' range, group.min.session.timeout.ms to"
              + " group.max.session.timeout.ms");
    }
    return cause instanceof InvalidTxnTimeoutException
        ? Optional.of("transaction.timeout.ms is above the brokers' transaction.max.timeout.ms")
        : Optional.empty();
  }

  private Optional<String> address(Throwable cause) {
    if (cause instanceof ConfigException && message(cause).contains("No resolvable bootstrap")) {
      return Optional.of(
          "no host in bootstrap.servers can be resolved: " + client.get("bootstrap.servers"));
    }
    return cause instanceof TimeoutException
        ? Optional.of(
            "no answer: %s; check that a Kafka broker runs at %s and that bootstrap.servers is right"
                .formatted(message(deepest(cause)), client.get("bootstrap.servers")))
        : Optional.empty();
  }

  private String protocol() {
    return property("security.protocol", "PLAINTEXT");
  }

  private String mechanism() {
    return property("sasl.mechanism", "GSSAPI");
  }

  private String property(String name, String fallback) {
    return property(client, name, fallback);
  }

  static String property(Map<String, ?> client, String name, String fallback) {
    Object value = client.get(name);
    return value == null ? fallback : value.toString();
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
