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
 * A real broker in its own process, which can be killed and started again with the same port and
 * data. Each engine has its own listener, which the broker advertises at the port of that engine's
 * proxy, so that the network between the two can be cut.
 *
 * <p>A killed broker loses no acknowledged record: the kernel keeps what the process has written to
 * its files. (A power failure could lose records. A single broker gives no guarantee there.)
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
   * @param folder the folder of its data and its log
   * @param proxyPorts the port of the proxy of each engine
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

            // A killed broker returns when its session has expired, not after the default 9 s.
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
            // The open transaction of a fenced or killed engine is aborted at its timeout, not
            // after
            // the default 10 s.
            "transaction.abort.timed.out.transaction.cleanup.interval.ms",
            "1000"));
    try (Writer file = Files.newBufferedWriter(properties)) {
      settings.store(file, null);
    }
  }

  /** Starts it, and waits until it accepts connections. */
  void start() throws Exception {
    process =
        ChildProcess.start(
            folder.resolve("broker.log"),
            List.of("-Xmx512m"),
            BrokerProgram.class,
            List.of(
                folder.resolve("data").toString(), String.valueOf(port), properties.toString()));
    Await.until("the broker accepts connections", this::takesConnections);
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

  /** Stops it with SIGTERM. */
  void terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(GRACEFUL.toSeconds(), TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Kills it with SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Creates a topic. */
  void createTopic(String name, int partitions) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
  }

  /** Adds a partition to a topic, and returns the new number of partitions. */
  int addPartition(String topic) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      int partitions =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size()
              + 1;
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
      return partitions;
    }
  }

  /** Whether a topic exists. */
  boolean hasTopic(String topic) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      return admin.listTopics().names().get().contains(topic);
    }
  }

  /** Its process; a new one after each start. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** The address for all clients except engines. */
  String bootstrapServers() {
    return HOST + port;
  }

  /** The port that the proxy of an engine connects to; engines are counted from 0. */
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
