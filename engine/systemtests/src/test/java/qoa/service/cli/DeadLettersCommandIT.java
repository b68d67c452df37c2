package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static qoa.systemtests.GivenDeadLetters.TEN;
import static qoa.systemtests.GivenDeadLetters.bytes;
import static qoa.systemtests.GivenDeadLetters.deadLetter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import qoa.demo.EmbeddedBroker;
import qoa.systemtests.GivenDeadLetters;
import qoa.systemtests.SharedBroker;
import qoa.systemtests.Topic;
import qoa.testing.Await;
import qoa.testing.ChildJvm;
import qoa.testing.ChildJvm.Result;

/** Runs the command as a process, with a real broker. */
class DeadLettersCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static EmbeddedBroker broker;

  @TempDir private Path folder;
  private String deadLetters;
  private String reports;

  @BeforeAll
  static void start() {
    broker = SharedBroker.get();
  }

  @BeforeEach
  void configure(TestInfo test) throws IOException {
    reports = test.getTestMethod().orElseThrow().getName();
    deadLetters = reports + "-dead";
    configure(broker.bootstrapServers());
  }

  private void configure(String servers) throws IOException {
    Files.writeString(
        folder.resolve("engine.yaml"),
        """
        kafka: {bootstrap.servers: "%s", default.api.timeout.ms: 4000, request.timeout.ms: 4000}
        consumer: {max.poll.records: 20, fetch.max.wait.ms: 10}
        topics: {dead-letters: %s}
        """
            .formatted(servers, deadLetters));
  }

  @Test
  void operatorsListShowAndRedrive() throws Exception {
    createTopics();
    GivenDeadLetters.send(
        broker.bootstrapServers(),
        List.of(
            deadLetter(deadLetters, 0, 0, "not_json", reports, 10),
            deadLetter(deadLetters, 0, 5, "wrong_type", reports, 11)));

    assertThat(succeeded("list").out())
        .isEqualTo(
            """
            0:0  2026-11-23T10:00:00Z  not_json  %1$s:3:10  8 B  at byte 1:\\u000aexpected a value
            0:1  2026-11-23T10:05:00Z  wrong_type  %1$s:3:11  8 B  at byte 1:\\u000aexpected a value
            dead letters: 2 (not_json 1, wrong_type 1)
            """
                .formatted(reports));
    assertThat(succeeded("show", "0:1").out())
        .contains("reason   wrong_type\n", "header   trace: a\n", "key      key\n")
        .endsWith("\n\nvalue 11\n");
    assertThat(succeeded("redrive", "--reason", "not_json", "--dry-run").out())
        .isEqualTo(
            "0:0  not_json  would be sent to %s%nwould be redriven: 1 (not_json 1)%n"
                .formatted(reports));
    assertThat(Topic.read(broker.bootstrapServers(), reports)).isEmpty();

    assertThat(succeeded("redrive", "--until", "2026-11-23T12:05:00+02:00").out())
        .isEqualTo("0:0  not_json  sent to %s%nredriven: 1 (not_json 1)%n".formatted(reports));

    assertThat(Topic.read(broker.bootstrapServers(), reports)).hasSize(1);
    Result rest = succeeded("list", "--format", "json");
    assertThat(rest.err())
        .contains("not shown, because already redriven: 1; use --all to show them");
    List<JsonNode> lines = lines(rest);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).path("letter").asText()).isEqualTo("0:1");
    assertThat(lines.get(0).path("from").path("offset").asLong()).isEqualTo(11);
    assertThat(lines.get(1))
        .isEqualTo(
            JSON.readTree(
                "{\"type\":\"summary\",\"dead_letters\":1,\"reasons\":{\"wrong_type\":1}}"));
    assertThat(succeeded("list", "--all", "--limit", "1").out()).contains("8 B  [redriven]  at");
  }

  /** Terminal control characters in a report, the name of its topic, or its headers. */
  @Test
  void hostileDeadLetters_doNotReachTheTerminal() throws Exception {
    createTopics();
    String evil = "\033]0;owned\007\u009b2J\u202e\r\nqoa: all is well";
    ProducerRecord<byte[], byte[]> deadLetter =
        new ProducerRecord<>(
            deadLetters, 0, TEN, bytes(evil), bytes("{\"a\":\"" + evil + "\"}" + evil));
    deadLetter.headers().add(evil, bytes(evil)).add("binary", new byte[] {(byte) 0xff, 27});
    GivenDeadLetters.add(deadLetter.headers(), evil, evil, evil, 1, TEN);
    GivenDeadLetters.send(broker.bootstrapServers(), List.of(deadLetter));

    Result list = succeeded("list");
    assertHarmless(list);
    assertThat(list.out().lines()).hasSize(2);
    Result shown = succeeded("show", "0:0");
    assertHarmless(shown);
    assertThat(shown.out()).contains("header   binary: ff 1b\n", "\nmessage  78 B\n\n{");
    assertThat(shown.out().split("\n\n", 2)[0].lines()).hasSize(16);
    assertHarmless(succeeded("list", "--format", "json"));
    Result json = succeeded("show", "0:0", "--format", "json");
    assertHarmless(json);
    assertThat(lines(json).get(0).path("key").asText()).isEqualTo(evil);
    Result refused = run("redrive");
    assertHarmless(refused);
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(1);
    assertThat(refused.out()).contains("0:0  unknown  not sent: topic \\u001b]0;owned");
  }

  private static void assertHarmless(Result result) {
    assertThat(result.out() + result.err()).doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n]]");
  }

  /** Killed five times at random, then run to the end. */
  @Test
  void redrive_sendsEachOnce_whereverItIsKilled() throws Exception {
    createTopics();
    int count = 4000;
    GivenDeadLetters.send(
        broker.bootstrapServers(),
        IntStream.range(0, count)
            .mapToObj(i -> deadLetter(deadLetters, i % 2, 0, "not_json", reports, i))
            .toList());
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int killed = 0;
    for (int run = 0; run < 5; run++) {
      killed += killAfter(1 + random.nextInt(300)) ? 1 : 0;
    }

    succeeded("redrive");

    List<String> values =
        Topic.read(broker.bootstrapServers(), reports).stream()
            .map(message -> new String(message.value(), StandardCharsets.UTF_8))
            .toList();
    assertThat(values)
        .as("seed %d, killed %d times", seed, killed)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, count).mapToObj(i -> "value " + i).toList());
    assertThat(succeeded("redrive").out()).isEqualTo("redriven: 0\n");
    assertThat(killed).as("seed %d", seed).isPositive();
  }

  /** Whether it was killed before it ended by itself. */
  private boolean killAfter(int lines) throws Exception {
    try (ChildJvm child = ChildJvm.start(null, List.of(), command("redrive"))) {
      Await.until(
          () -> "lines of " + child.err(),
          Await.LONG,
          () -> !child.handle().isAlive() || child.out().lines().count() >= lines);
      child.handle().destroyForcibly();
      return child.await(Await.LONG).exitCode() != 0;
    }
  }

  @Test
  void refuses_inOneLine_whatCannotBe() throws Exception {
    assertRefused("topic " + deadLetters + " does not exist", "list");
    createTopics();
    assertRefused("no dead letter 1:5 in topic " + deadLetters, "show", "1:5");
    assertRefused("no dead letter 1:5, 0:7 in topic " + deadLetters, "redrive", "1:5", "0:7");
    assertRefused("did you mean not_json?", "list", "--reason", "not-jsn");
    assertRefused("expected PARTITION:OFFSET", "show", "5");
    assertRefused("expected a time", "list", "--since", "yesterday");
    assertRefused("since must be before until", "list", "--since", "1h", "--until", "2h");
    assertRefused("topic nowhere does not exist", "redrive", "--to", "nowhere");
    assertRefused("no/such.yaml: no such file", "list", "-c", "no/such.yaml");
  }

  @Test
  void saysWhereItLooked_whenThereIsNoBroker() throws Exception {
    String nowhere;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nowhere = "127.0.0.1:" + socket.getLocalPort();
    }
    configure(nowhere);

    assertRefused("check that a Kafka broker runs at " + nowhere, "list");
    assertRefused("check that a Kafka broker runs at " + nowhere, "redrive");
  }

  private void assertRefused(String why, String... arguments) throws Exception {
    Result result = run(arguments);
    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(why).doesNotContain("\tat ", "Exception");
    assertThat(result.err().lines().count()).as("%s", result).isLessThan(4);
  }

  @Test
  void timesMayBeHowLongAgo() throws Exception {
    createTopics();
    ProducerRecord<byte[], byte[]> now =
        new ProducerRecord<>(deadLetters, 0, Instant.now().toEpochMilli(), null, bytes("new"));
    GivenDeadLetters.send(
        broker.bootstrapServers(),
        List.of(deadLetter(deadLetters, 0, 0, "empty", reports, 1), now));

    assertThat(succeeded("list", "--since", "1h").out()).startsWith("0:1  ").contains(": 1 (");
    assertThat(succeeded("list", "--until", "1h").out()).startsWith("0:0  ").contains(": 1 (");
  }

  private void createTopics() {
    broker.createTopic(deadLetters, 2, Map.of());
    broker.createTopic(reports, 2, Map.of());
  }

  private Result succeeded(String... arguments) throws Exception {
    Result result = run(arguments);
    assertThat(result.exitCode()).as("%s", result).isZero();
    return result;
  }

  private Result run(String... arguments) throws Exception {
    return ChildJvm.run(command(arguments));
  }

  private String[] command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("dead-letters"));
    command.addAll(List.of(arguments));
    if (!command.contains("-c")) {
      command.addAll(List.of("-c", folder.resolve("engine.yaml").toString()));
    }
    return command.toArray(new String[0]);
  }

  private static List<JsonNode> lines(Result result) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : result.out().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
