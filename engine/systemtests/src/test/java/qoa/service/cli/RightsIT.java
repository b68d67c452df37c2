package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.kafka.KafkaConfig;
import qoa.service.config.EngineConfig;
import qoa.service.config.Evaluator;
import qoa.service.config.HttpConfig;
import qoa.service.run.Service;
import qoa.systemtests.SecureBroker;
import qoa.systemtests.SecureBroker.Right;
import qoa.testing.Await;
import qoa.testing.ChildJvm;

/**
 * The rights that {@code docs/operating.md} lists are sufficient, each is necessary, and a missing
 * one is named. With a broker that denies by default.
 */
class RightsIT {

  private static final Right REPORTS =
      new Right(AclOperation.READ, ResourceType.TOPIC, "qoa.reports", false);
  private static final Right LETTERS =
      new Right(AclOperation.WRITE, ResourceType.TOPIC, "qoa.dead-letters", false);
  private static final Right GROUP =
      new Right(AclOperation.READ, ResourceType.GROUP, "qoa-engine", false);

  @TempDir private static Path folder;
  private static SecureBroker broker;
  private static int users;

  @BeforeAll
  static void start() throws Exception {
    broker = new SecureBroker(folder);
    broker.createTopic("qoa.reports", 2, Map.of());
    broker.createTopic("qoa.violations", 1, Map.of());
    broker.createTopic("qoa.status", 1, Map.of("cleanup.policy", "compact"));
    broker.createTopic("qoa.state", 1, Map.of("cleanup.policy", "compact"));
    broker.createTopic("qoa.dead-letters", 1, Map.of());
    broker.createTopic("qoa.dead-letters.redriven", 1, Map.of("cleanup.policy", "compact"));
    broker.createTopic("qoa.reports.by-application", 2, Map.of());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void run_works_withTheRightsOfTheGuide() throws Exception {
    try (Service service = run(user(rights("run")))) {
      awaitReady(service);
      send("qoa.reports", new byte[] {'{'});
      Await.until(
          () -> "a dead letter: " + service.health().causes(),
          Await.LONG,
          () ->
              service.metrics().sum("qoa_reports_total", Map.of("outcome", "dead_letter")).orElse(0)
                  > 0);
    }
  }

  static List<Right> rightsOfRun() throws IOException {
    return rights("run");
  }

  @ParameterizedTest
  @MethodSource("rightsOfRun")
  void run_endsAndNamesTheRight_whereOneIsMissing(Right missing) throws Exception {
    List<Right> others = new ArrayList<>(rights("run"));
    assertThat(others.remove(missing)).isTrue();
    try (Service service = run(user(others))) {
      assertEnds(service, missing);
    }
  }

  static List<Right> withdrawn() {
    return List.of(REPORTS, LETTERS, GROUP);
  }

  @ParameterizedTest
  @MethodSource("withdrawn")
  void run_endsAndNamesTheRight_whereItIsTakenAway(Right right) throws Exception {
    String user = user(rights("run"));
    try (Service service = run(user)) {
      awaitReady(service);
      broker.withdraw(user, right);
      send("qoa.reports", new byte[] {'{'});
      assertEnds(service, right);
    }
  }

  @Test
  void run_endsWithExitCodeOne_withoutAStackTrace() throws Exception {
    List<Right> others = new ArrayList<>(rights("run"));
    others.remove(REPORTS);
    ChildJvm.Result result = ChildJvm.run("run", "-c", config(user(others)).toString());

    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.err())
        .contains("READ on topic qoa.reports", "the user of sasl.jaas.config", "kafka-acls.sh")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dead-letters list", "dead-letters redrive"})
  void command_works_withTheRightsOfTheGuide(String command) throws Exception {
    Map.Entry<Integer, String> ended = command(user(rights(command)), command);
    assertThat(ended.getKey()).as(ended.getValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"events", "dead-letters list", "dead-letters redrive"})
  void command_endsAndNamesTheRight_whereOneIsMissing(String command) throws Exception {
    letter();
    for (Right missing : rights(command)) {
      List<Right> others = new ArrayList<>(rights(command));
      others.remove(missing);
      Map.Entry<Integer, String> ended = command(user(others), command);
      assertThat(ended.getKey()).as("%s without %s: %s", command, missing, ended).isEqualTo(1);
      assertThat(ended.getValue()).contains(named(missing)).doesNotContain("\tat ");
    }
  }

  @Test
  void redrive_namesCreate_whereItsTopicIsMissing() throws Exception {
    broker.createTopic("other-dead", 1, Map.of());
    List<Right> rights =
        rights("dead-letters redrive").stream()
            .map(
                r ->
                    new Right(
                        r.operation(),
                        r.type(),
                        r.name().replace("qoa.dead-letters", "other-dead"),
                        false))
            .toList();
    Path config = config(user(rights));
    Files.writeString(config, Files.readString(config) + "topics: {dead-letters: other-dead}\n");

    Map.Entry<Integer, String> ended = main("dead-letters redrive", config);

    assertThat(ended.getKey()).isEqualTo(1);
    assertThat(ended.getValue())
        .contains("cannot create topic other-dead.redriven", "CREATE on topic other-dead.redriven")
        .doesNotContain("cleanup.policy");
  }

  private static void letter() throws Exception {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>("qoa.dead-letters", new byte[] {'{'});
    letter.headers().add("qoa.topic", "qoa.reports".getBytes(StandardCharsets.UTF_8));
    letter.headers().add("qoa.partition", new byte[] {'0'});
    letter.headers().add("qoa.offset", new byte[] {'0'});
    send(letter);
  }

  private static void send(String topic, byte[] value) throws Exception {
    send(new ProducerRecord<>(topic, value));
  }

  private static void send(ProducerRecord<byte[], byte[]> message) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.at("PLAINTEXT")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(message).get();
    }
  }

  private static void assertEnds(Service service, Right right) throws Exception {
    Await.until(
        () -> "it ends: " + service.health().causes(),
        Await.LONG,
        () -> service.health().failure().isPresent());
    assertThat(service.health().failure().orElseThrow())
        .contains(named(right), "the user of sasl.jaas.config", "kafka-acls.sh");
  }

  private static String named(Right right) {
    String type = right.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return right.type() == ResourceType.TRANSACTIONAL_ID
        ? right.operation() + " on a " + type
        : right.operation() + " on " + type + " " + right.name();
  }

  private static void awaitReady(Service service) throws Exception {
    Await.until(
        () -> "ready: " + service.health().causes(),
        Await.LONG,
        () -> {
          assertThat(service.health().failure()).isEmpty();
          return service.health().causes().isEmpty();
        });
  }

  private static Service run(String user) throws Exception {
    EngineConfig config =
        EngineConfig.defaults()
            .judging(
                ChildJvm.HOME.resolve("contracts"),
                ChildJvm.HOME.resolve("policies"),
                Evaluator.PLAN)
            .at(
                new KafkaConfig(broker.as(user), Map.of(), Map.of()),
                new HttpConfig("127.0.0.1", 0));
    return Service.start(config, null);
  }

  private static Map.Entry<Integer, String> command(String user, String command) throws Exception {
    return main(command, config(user));
  }

  /** Exit code and output. */
  private static Map.Entry<Integer, String> main(String command, Path config) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
    arguments.addAll(List.of("-c", config.toString()));
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
      int code = Main.run(arguments.toArray(String[]::new));
      return Map.entry(code, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  private static Path config(String user) throws IOException {
    String properties =
        broker.as(user).entrySet().stream()
            .map(e -> "  " + e.getKey() + ": '" + e.getValue() + "'\n")
            .collect(Collectors.joining());
    return Files.writeString(
        folder.resolve(user + ".yaml"), "kafka:\n" + properties + "http: {port: 0}\n");
  }

  private static String user(List<Right> rights) throws Exception {
    String user = "user-" + users++;
    broker.user(user, rights);
    return user;
  }

  /** The rows of a command in the table of rights in the guide. */
  private static List<Right> rights(String command) throws IOException {
    Map<String, AclOperation> operations =
        new HashMap<>(
            Map.of(
                "Read", AclOperation.READ,
                "Write", AclOperation.WRITE,
                "DescribeConfigs", AclOperation.DESCRIBE_CONFIGS));
    List<Right> rights = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../docs/operating.md"))) {
      String[] cells = line.replace("`", "").split("\\|", -1);
      if (cells.length == 6 && cells[1].strip().split(",", 2)[0].equals(command)) {
        String name = cells[4].strip();
        rights.add(
            new Right(
                operations.get(cells[2].strip()),
                ResourceType.fromString(cells[3].strip().replace(' ', '_')),
                name.replace("*", ""),
                name.endsWith("*")));
      }
    }
    assertThat(rights).as(command).isNotEmpty();
    return rights;
  }
}
