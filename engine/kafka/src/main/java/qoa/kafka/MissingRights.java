package qoa.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;

/** Rights that a command needs and Kafka does not give. All are named at once. */
final class MissingRights {

  private final Map<String, ?> client;
  private final List<Right> missing = new ArrayList<>();

  /**
   * A right that is missing.
   *
   * @param kind as the options of {@code kafka-acls.sh} name it, such as {@code topic}
   * @param name which one; null where the broker does not say
   */
  record Right(AclOperation operation, String kind, String name) {

    @Override
    public String toString() {
      String which =
          name == null ? "a " + kind.replace('-', ' ') : kind.replace('-', ' ') + " " + name;
      return operation + " on " + which;
    }
  }

  /**
   * @param client the properties of the client that needs them
   */
  MissingRights(Map<String, ?> client) {
    this.client = client;
  }

  /**
   * Takes note of those that are needed and not there.
   *
   * @param given those that Kafka gives; null where it does not say
   */
  void check(Set<AclOperation> needed, Set<AclOperation> given, String kind, String name) {
    if (given == null || given.contains(AclOperation.ALL)) {
      return;
    }
    needed.stream()
        .filter(right -> !given.contains(right))
        .sorted()
        .forEach(right -> missing.add(new Right(right, kind, name)));
  }

  /**
   * Ends it where a right is missing.
   *
   * @throws BrokerException naming all that are
   */
  void done() {
    if (!missing.isEmpty()) {
      throw BrokerException.lasting(text(client, missing));
    }
  }

  /** What to tell an operator. */
  static String text(Map<String, ?> client, List<Right> missing) {
    String list = missing.stream().map(Right::toString).collect(Collectors.joining(", "));
    Right first = missing.get(0);
    return "Kafka does not allow this client %s. Allow it to %s, as with: kafka-acls.sh --bootstrap-server $BROKERS --add --allow-principal User:NAME --operation %s --%s %s"
        .formatted(
            list,
            principal(client),
            first.operation().name().toLowerCase(Locale.ROOT),
            first.kind(),
            first.name() == null ? "NAME" : first.name());
  }

  /** By what Kafka knows this client, without saying what may be a secret. */
  private static String principal(Map<String, ?> client) {
    String protocol = String.valueOf(client.get("security.protocol"));
    if (protocol.startsWith("SASL")) {
      return "the user of sasl.jaas.config";
    }
    return client.containsKey("ssl.keystore.location")
        ? "the name in the certificate of ssl.keystore.location"
        : "User:ANONYMOUS, for this client shows neither SASL credentials nor a certificate";
  }
}
