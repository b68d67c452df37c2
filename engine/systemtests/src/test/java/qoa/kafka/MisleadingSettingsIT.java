package qoa.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import qoa.systemtests.SecureBroker;

/**
 * The message names the setting that keeps a client from its broker. With real listeners. Tests
 * that wait for an answer do so at the same time.
 */
class MisleadingSettingsIT {

  @TempDir private static Path folder;
  private static SecureBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = new SecureBroker(folder);
    broker.createTopic("topic", 1, Map.of());
    broker.user("alice", List.of());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void plaintextAgainstTls() {
    assertSays(
        client("SSL", "PLAINTEXT"),
        "the listener at " + broker.at("SSL") + " uses TLS, but security.protocol is PLAINTEXT");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void saslPlaintextAgainstTls() {
    Map<String, String> client = with(broker.as("alice"), "security.protocol", "SASL_PLAINTEXT");
    assertSays(client, "uses TLS, but security.protocol is SASL_PLAINTEXT");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void tlsAgainstPlaintext() {
    assertSays(client("PLAINTEXT", "SSL"), "does not use TLS", "security.protocol", "SSL", "port");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void plaintextAgainstSasl() {
    assertSays(
        client("SASL_PLAINTEXT", "PLAINTEXT"),
        broker.at("SASL_PLAINTEXT") + " accepts connections but does not answer",
        "SASL (sasl.mechanism)");
  }

  @Test
  void saslAgainstPlaintext() {
    Map<String, String> client = with(broker.as("alice"), "security.protocol", "SASL_PLAINTEXT");
    assertSays(
        with(client, "bootstrap.servers", broker.at("PLAINTEXT")), "SASL", "security.protocol");
  }

  @Test
  void saslAgainstTlsWithoutSasl() {
    assertSays(
        with(broker.as("alice"), "bootstrap.servers", broker.at("SSL")),
        "SASL",
        "security.protocol (now SASL_SSL)");
  }

  @Test
  void certificateThatNobodyTrusts() {
    Map<String, String> client =
        Map.of("bootstrap.servers", broker.at("SSL"), "security.protocol", "SSL");
    assertSays(client, "TLS: ", "ssl.truststore.location");
  }

  @Test
  void wrongPasswordOfAStore() {
    assertSays(
        with(client("SSL", "SSL"), "ssl.truststore.password", "wrong"),
        "cannot use " + broker.truststore() + " (ssl.truststore.location)",
        "ssl.truststore.password");
  }

  @Test
  void storeThatIsNotThere() {
    assertSays(
        with(client("SSL", "SSL"), "ssl.truststore.location", "/no/such.p12"),
        "cannot use /no/such.p12 (ssl.truststore.location): no such file");
  }

  @Test
  void wrongPasswordOfAUser() {
    String login = SecureBroker.login("alice", "wrong-and-secret");
    assertSays(with(broker.as("alice"), "sasl.jaas.config", login), "SASL: ", "sasl.jaas.config");
  }

  @Test
  void mechanismThatTheBrokerDoesNotHave() {
    assertSays(
        with(broker.as("alice"), "sasl.mechanism", "SCRAM-SHA-512"),
        "SASL: ",
        "sasl.mechanism (now SCRAM-SHA-512)");
  }

  @Test
  void hostThatIsNotThere() {
    assertSays(
        Map.of("bootstrap.servers", "no.such.host.invalid:9092"),
        "no host in bootstrap.servers can be resolved: no.such.host.invalid:9092");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void portWhereNobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String at = "127.0.0.1:" + port;
    assertSays(
        Map.of("bootstrap.servers", at),
        "check that a Kafka broker runs at " + at + " and that bootstrap.servers is right");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void portOfSomethingElse() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      String at = "127.0.0.1:" + silent.getLocalPort();
      assertSays(
          Map.of("bootstrap.servers", at),
          at + " accepts connections but does not answer with security.protocol PLAINTEXT");
    }
  }

  /** Both first calls: that of {@code run}, and that of the commands that read. */
  private static void assertSays(Map<String, String> settings, String... parts) {
    Map<String, String> client = new HashMap<>(settings);
    client.put("default.api.timeout.ms", "3000");
    client.put("request.timeout.ms", "3000");
    KafkaConfig kafka = new KafkaConfig(client, Map.of(), Map.of());
    assertThatThrownBy(
            () -> {
              try (Topics topics = new Topics(kafka.forAdmin())) {
                topics.look(List.of("topic"));
              }
            })
        .satisfies(e -> assertClear(e, parts));
    assertThatThrownBy(
            () -> {
              try (EventTopic topic = new EventTopic(kafka, "topic")) {
                assertThat(topic).isNull(); // it is not reached
              }
            })
        .satisfies(e -> assertClear(e, parts));
  }

  private static void assertClear(Throwable e, String... parts) {
    assertThat(e).isInstanceOf(BrokerException.class);
    assertThat(e.getMessage())
        .contains(parts)
        .doesNotContain("cannot create topic", "wrong-and-secret", "null");
  }

  private static Map<String, String> client(String listener, String protocol) {
    Map<String, String> client = new HashMap<>(broker.tls());
    client.put("bootstrap.servers", broker.at(listener));
    client.put("security.protocol", protocol);
    return client;
  }

  private static Map<String, String> with(Map<String, String> client, String name, String value) {
    Map<String, String> other = new HashMap<>(client);
    other.put(name, value);
    return other;
  }
}
