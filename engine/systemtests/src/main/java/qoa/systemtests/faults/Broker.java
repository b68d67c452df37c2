package qoa.systemtests.faults;

import java.io.IOException;
import java.io.Writer;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import qoa.testing.Await;

/**
 * A real broker in a process of its own, which can be killed and started again on the same port and
 * data. Each engine has a listener of its own, which the broker announces at the port of that
 * engine's proxy, so that the way between the two can be cut.
 *
 * <p>A broker that is killed loses nothing that it has acknowledged: that was written to its files,
 * and a kernel keeps what a killed process has written. (It would take a machine that loses its
 * power to lose it; a single broker cannot promise anything there.)
 */
final class Broker implements AutoCloseable {

  private static final String HOST = "127.0.0.1:";
  private static final Duration GRACEFUL = Duration.ofSeconds(30);

  private final Path folder;
  private final int port;
  private final List<Integer> enginePorts = new ArrayList<>();
  private final Path properties;
  private Process process;

  /**
   * @param folder for its data and its log
   * @param proxyPorts one for each engine: where the engine's proxy listens
   */
  Broker(Path folder, List<Integer> proxyPorts) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.port = Ports.free();
    this.properties = folder.resolve("broker.properties");
    int controller = Ports.free();
    StringBuilder listeners =
        new StringBuilder("PLAINTEXT://" + HOST + port + ",CONTROLLER://" + HOST + controller);
    StringBuilder advertised = new StringBuilder("PLAINTEXT://" + HOST + port);
    StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    for (int proxyPort : proxyPorts) {
      int enginePort = Ports.free();
      enginePorts.add(enginePort);
      String name = "ENGINE" + enginePorts.size();
      listeners.append(",").append(name).append("://" + HOST).append(enginePort);
      advertised.append(",").append(name).append("://" + HOST).append(proxyPort);
      protocols.append(",").append(name).append(":PLAINTEXT");
    }
    Properties settings = new Properties();
    settings.putAll(
        Map.of(

            // One that was killed comes back when its session is over, not after the default 9 s.
            "broker.session.timeout.ms",
            "2000",
            "broker.heartbeat.interval.ms",
            "500",
            "listeners",
            listeners.toString(),
            "advertised.listeners",
            advertised.toString(),
            "listener.security.protocol.map",
            protocols.toString(),
            "inter.broker.listener.name",
            "PLAINTEXT",
            "controller.quorum.voters",
            "1@" + HOST + controller,
            // What a fenced or killed engine left open is aborted at its timeout, not at the
            // default 10 s.
            "transaction.abort.timed.out.transaction.cleanup.interval.ms",
            "1000"));
    try (Writer file = Files.newBufferedWriter(properties)) {
      settings.store(file, null);
    }
  }

  /** Starts it, and waits until it takes connections. */
  void start() throws Exception {
    process =
        ChildProcess.start(
            folder.resolve("broker.log"),
            List.of("-Xmx512m"),
            BrokerProgram.class,
            List.of(
                folder.resolve("data").toString(), String.valueOf(port), properties.toString()));
    Await.until("the broker takes connections", this::takesConnections);
  }

  private boolean takesConnections() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the broker ended; see " + folder.resolve("broker.log"));
    }
    try (Socket socket = new Socket()) {
      socket.connect(Ports.loopback(port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it in good order: SIGTERM. */
  void terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(GRACEFUL.toSeconds(), TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Ends it at once: kill -9. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Creates a topic. */
  void createTopic(String name, int partitions) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
  }

  /** Adds a partition to a topic, and says how many it has now. */
  int addPartition(String topic) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      int partitions =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size()
              + 1;
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
      return partitions;
    }
  }

  /** Whether there is such a topic. */
  boolean hasTopic(String topic) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      return admin.listTopics().names().get().contains(topic);
    }
  }

  /** Its process, which is another one after each start. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** For all but engines. */
  String bootstrapServers() {
    return HOST + port;
  }

  /** Where the proxy of an engine, counted from 0, is to connect to. */
  int enginePort(int engine) {
    return enginePorts.get(engine);
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
