package qoa.systemtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import qoa.demo.EmbeddedBroker;
import qoa.testing.Await;

/**
 * A broker with TLS, SASL/SCRAM and ACLs that deny by default. Whoever comes by the listener
 * without any of these may do everything.
 */
public final class SecureBroker implements AutoCloseable {

  /** Opens the store of the authority that clients have to trust. */
  public static final String STORE_PASSWORD = "store-password";

  private static final String USER_PASSWORD = "user-password";
  private static final String SCRAM =
      "org.apache.kafka.common.security.scram.ScramLoginModule required";

  private final Path folder;
  private final Map<String, Integer> ports = new HashMap<>();
  private final EmbeddedBroker broker;
  private final Admin admin;

  /**
   * What a user may do.
   *
   * @param prefixed whether the name is the begin of one
   */
  public record Right(AclOperation operation, ResourceType type, String name, boolean prefixed) {

    private ResourcePattern pattern() {
      return new ResourcePattern(type, name, prefixed ? PatternType.PREFIXED : PatternType.LITERAL);
    }
  }

  /**
   * @param folder where it keeps what it needs
   */
  public SecureBroker(Path folder) throws Exception {
    this.folder = folder;
    makeStores();
    List<String> names = List.of("PLAINTEXT", "SSL", "SASL_SSL", "SASL_PLAINTEXT", "CONTROLLER");
    List<Integer> free = freePorts(names.size());
    for (int i = 0; i < names.size(); i++) {
      ports.put(names.get(i), free.get(i));
    }
    broker =
        EmbeddedBroker.start(
            Files.createDirectory(folder.resolve("data")), ports.get("PLAINTEXT"), settings());
    admin = Admin.create(Map.of("bootstrap.servers", at("PLAINTEXT")));
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    List<String> listeners = new ArrayList<>();
    List<String> protocols = new ArrayList<>();
    ports.forEach(
        (name, port) -> {
          listeners.add(name + "://127.0.0.1:" + port);
          protocols.add(name + ":" + (name.equals("CONTROLLER") ? "PLAINTEXT" : name));
        });
    settings.put("listeners", String.join(",", listeners));
    settings.put("listener.security.protocol.map", String.join(",", protocols));
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + ports.get("CONTROLLER"));
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
    settings.put("ssl.keystore.password", STORE_PASSWORD);
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-256");
    for (String listener : List.of("sasl_ssl", "sasl_plaintext")) {
      settings.put("listener.name." + listener + ".scram-sha-256.sasl.jaas.config", SCRAM + ";");
    }
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS");
    return settings;
  }

  private void makeStores() throws Exception {
    String broker = folder.resolve("broker.p12").toString();
    String certificate = folder.resolve("broker.pem").toString();
    keytool("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=localhost");
    keytool("-exportcert", "-alias", "broker", "-rfc", "-file", certificate);
    Files.move(Path.of(broker), folder.resolve("kept.p12"));
    keytool("-importcert", "-noprompt", "-alias", "broker", "-file", certificate);
    Files.move(Path.of(broker), truststore());
    Files.move(folder.resolve("kept.p12"), Path.of(broker));
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    if (arguments[0].equals("-genkeypair")) {
      command.addAll(List.of("-ext", "SAN=ip:127.0.0.1,dns:localhost"));
    }
    command.addAll(List.of("-keystore", folder.resolve("broker.p12").toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IllegalStateException("keytool failed: " + command);
    }
  }

  /** What trusts the broker's certificate. */
  public Path truststore() {
    return folder.resolve("trust.p12");
  }

  /** Where a listener is, by its security protocol. */
  public String at(String protocol) {
    return "127.0.0.1:" + ports.get(protocol);
  }

  /** What TLS needs. */
  public Map<String, String> tls() {
    return Map.of(
        "ssl.truststore.location",
        truststore().toString(),
        "ssl.truststore.password",
        STORE_PASSWORD);
  }

  /** What a user needs to connect by {@code SASL_SSL}. */
  public Map<String, String> as(String user) {
    Map<String, String> client = new HashMap<>(tls());
    client.put("bootstrap.servers", at("SASL_SSL"));
    client.put("security.protocol", "SASL_SSL");
    client.put("sasl.mechanism", "SCRAM-SHA-256");
    client.put("sasl.jaas.config", login(user, USER_PASSWORD));
    return client;
  }

  /** How a client logs in. */
  public static String login(String user, String password) {
    return SCRAM + " username=\"" + user + "\" password=\"" + password + "\";";
  }

  /** Makes a user that may do this and nothing else. */
  public void user(String user, List<Right> rights) throws Exception {
    admin
        .alterUserScramCredentials(
            List.of(
                new UserScramCredentialUpsertion(
                    user,
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096),
                    USER_PASSWORD)))
        .all()
        .get();
    admin
        .createAcls(rights.stream().map(r -> new AclBinding(r.pattern(), entry(user, r))).toList())
        .all()
        .get();
    Await.until(
        "user " + user,
        () ->
            admin.describeAcls(filter(user)).values().get().size() == rights.size()
                && admin.describeUserScramCredentials(List.of(user)).users().get().contains(user));
  }

  /** Takes rights away. */
  public void withdraw(String user, Right right) throws Exception {
    AclBindingFilter all =
        new AclBindingFilter(
            new ResourcePatternFilter(right.type(), right.name(), PatternType.ANY),
            new AccessControlEntryFilter(
                "User:" + user, null, right.operation(), AclPermissionType.ANY));
    admin.deleteAcls(List.of(all)).all().get();
    Await.until("withdrawn", () -> admin.describeAcls(all).values().get().isEmpty());
  }

  private static AclBindingFilter filter(String user) {
    return new AclBindingFilter(
        ResourcePatternFilter.ANY,
        new AccessControlEntryFilter(
            "User:" + user, null, AclOperation.ANY, AclPermissionType.ANY));
  }

  private static AccessControlEntry entry(String user, Right right) {
    return new AccessControlEntry("User:" + user, "*", right.operation(), AclPermissionType.ALLOW);
  }

  /** Creates a topic. */
  public void createTopic(String name, int partitions, Map<String, String> config)
      throws Exception {
    admin
        .createTopics(
            List.of(
                new org.apache.kafka.clients.admin.NewTopic(
                        name, Optional.of(partitions), Optional.empty())
                    .configs(config)))
        .all()
        .get();
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
