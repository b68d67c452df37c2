package qoa.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in this JVM: one node that is its own KRaft controller, on loopback only. It
 * is up when a {@code start} method returns, after about two seconds, and runs on Kafka's own
 * threads. For the demo and for tests. Any thread may call it, but only one at a time.
 *
 * <p>Topics keep every record regardless of its timestamp, accept records of up to 32 MB, and are
 * not created automatically.
 */
public final class EmbeddedBroker implements AutoCloseable {

  /** The largest batch of records that the broker accepts, in bytes. */
  public static final int MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

  private static final String HOST = "127.0.0.1";

  static {
    // A broker that fails ends its process, which must not happen here.
    Exit.setExitProcedure(EmbeddedBroker::refuseToExit);
    Exit.setHaltProcedure(EmbeddedBroker::refuseToExit);
  }

  private final KafkaRaftServer server;
  private final Path directory;
  private final boolean temporary;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, Path directory, boolean temporary, int port) {
    this.server = server;
    this.directory = directory;
    this.temporary = temporary;
    this.port = port;
  }

  /** Starts a broker on a free port; {@link #close} deletes its data. */
  public static EmbeddedBroker start() {
    return start(Map.of());
  }

  /**
   * Starts a broker on a free port; {@link #close} deletes its data.
   *
   * @param settings Kafka broker properties that are added to or replace those set here
   */
  public static EmbeddedBroker start(Map<String, String> settings) {
    try {
      return start(Files.createTempDirectory("qoa-broker"), true, 0, settings);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a temporary folder for the embedded broker", e);
    }
  }

  /**
   * Starts a broker that keeps its data, so that it can be started again with them.
   *
   * @param directory the folder of its data; created if it is missing
   * @param port the port to listen on; 0 for any free port
   * @param settings Kafka broker properties that are added to or replace those set here
   * @throws IllegalStateException if the broker does not start, for example because the port is in
   *     use
   */
  public static EmbeddedBroker start(Path directory, int port, Map<String, String> settings) {
    return start(directory, false, port, settings);
  }

  private static EmbeddedBroker start(
      Path directory, boolean temporary, int port, Map<String, String> settings) {
    KafkaRaftServer server = null;
    boolean started = false;
    try {
      int[] ports = freePorts(port);
      KafkaConfig config = new KafkaConfig(properties(directory, ports[0], ports[1], settings));
      format(directory);
      server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
      started = true;
      return new EmbeddedBroker(server, directory, temporary, ports[0]);
    } catch (Exception e) {
      throw new IllegalStateException(
          "cannot start the embedded broker on " + HOST + ":" + port + ": " + e.getMessage(), e);
    } finally {
      if (!started) {
        discard(server, temporary ? directory : null);
      }
    }
  }

  private static void discard(KafkaRaftServer server, Path directory) {
    if (server != null) {
      server.shutdown();
    }
    if (directory != null) {
      delete(directory);
    }
  }

  /** The address for Kafka clients: {@code host:port}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /**
   * Creates a topic.
   *
   * @param partitions 1 or more
   * @param config topic properties such as {@code cleanup.policy}; may be empty
   * @throws IllegalStateException if the broker refuses, for example because the topic exists
   */
  public void createTopic(String name, int partitions, Map<String, String> config) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
      admin.createTopics(List.of(topic.configs(config))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot create topic " + name, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topic " + name, e);
    }
  }

  /** Shuts the broker down. Deletes its data, unless a folder for them was given. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    if (temporary) {
      delete(directory);
    }
  }

  private static Map<String, String> properties(
      Path directory, int port, int controllerPort, Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    properties.put("log.dirs", directory.toString());
    properties.put("auto.create.topics.enable", "false");
    // Retention depends on the timestamps of records, and recorded reports are old.
    properties.put("log.retention.ms", "-1");
    properties.put("message.max.bytes", String.valueOf(MAX_MESSAGE_BYTES));
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      properties.put(topic + ".replication.factor", "1");
      properties.put(topic + ".num.partitions", "1");
    }
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("group.min.session.timeout.ms", "100");
    // Kafka's defaults are for big machines: eight disk threads, 128 MB for compaction.
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 * 1024 * 1024));
    properties.putAll(settings);
    return properties;
  }

  private static void format(Path directory) throws Exception {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return; // it has the data of an earlier start
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(directory.toString())
        .setMetadataLogDirectory(directory.toString())
        .setControllerListenerName("CONTROLLER")
        .run();
  }

  /** A port for clients, the given one unless that is 0, and one for the controller. */
  private static int[] freePorts(int port) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket clients = new ServerSocket();
        ServerSocket controller = new ServerSocket()) {
      clients.bind(new InetSocketAddress(loopback, port));
      controller.bind(new InetSocketAddress(loopback, 0));
      return new int[] {clients.getLocalPort(), controller.getLocalPort()};
    }
  }

  private static void refuseToExit(int status, String message) {
    throw new IllegalStateException("the embedded broker has failed: " + message);
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
  }
}
