package qoa.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;

/** The rights that a command needs but does not have. The message names all of them. */
final class MissingRights {

  private final Map<String, ?> client;
  private final List<Right> missing = new ArrayList<>();

  /**
   * A missing right.
   *
   * @param kind the kind of resource, as an option of {@code kafka-acls.sh}, such as {@code topic}
   * @param name the name of the resource; null if the broker does not report it
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
   * @param client the properties of the client
   */
  MissingRights(Map<String, ?> client) {
    this.client = client;
  }

  /**
   * Records the rights that are needed but not granted.
   *
   * @param granted the rights that the client has; null if Kafka does not report them
   */
  void check(Set<AclOperation> needed, Set<AclOperation> granted, String kind, String name) {
    if (granted == null || granted.contains(AclOperation.ALL)) {
      return;
    }
    needed.stream()
        .filter(right -> !granted.contains(right))
        .sorted()
        .forEach(right -> missing.add(new Right(right, kind, name)));
  }

  /**
   * Fails if a right is missing.
   *
   * @throws BrokerException that names all missing rights
   */
  void done() {
    if (!missing.isEmpty()) {
      throw BrokerException.lasting(text(client, missing));
    }
  }

  /** The message for operators. */
  static String text(Map<String, ?> client, List<Right> missing) {
    String list = missing.stream().map(Right::toString).collect(Collectors.joining(", "));
    Right first = missing.get(0);
    return "Kafka does not allow this client %s. Grant access to %s, for example: kafka-acls.sh --bootstrap-server $BROKERS --add --allow-principal User:NAME --operation %s --%s %s"
        .formatted(
            list,
            principal(client),
            first.operation().name().toLowerCase(Locale.ROOT),
            first.kind(),
            first.name() == null ? "NAME" : first.name());
  }

  /** The principal of this client, without the values of properties, which may be secrets. */
  private static String principal(Map<String, ?> client) {
    String protocol = String.valueOf(client.get("security.protocol"));
    if (protocol.startsWith("SASL")) {
      return "the user of sasl.jaas.config";
    }
    return client.containsKey("ssl.keystore.location")
        ? "the name in the certificate of ssl.keystore.location"
        : "User:ANONYMOUS, because this client has neither SASL credentials nor a certificate";
  }
}
