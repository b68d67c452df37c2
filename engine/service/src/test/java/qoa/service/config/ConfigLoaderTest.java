package qoa.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.core.documents.ProblemsException;
import qoa.core.settings.EvaluationConfig;
import qoa.core.settings.LimitsConfig;
import qoa.core.settings.OpaConfig;
import qoa.core.settings.Secret;
import qoa.kafka.Rekey;
import qoa.kafka.TopicsConfig;

class ConfigLoaderTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PASSWORD", "p$1", "PORT", "9999", "NOT_A_PORT", "hush");

  /** Settings of plug-ins of Kafka's clients. */
  private static final List<String> OTHERS_PROPERTIES =
      Stream.of(
              "config.providers.file.class",
              "metrics.jmx.include",
              "schema.registry.url",
              "basic.auth.credentials.source",
              "auto.register.schemas",
              "specific.avro.reader",
              "confluent.monitoring.interceptor.bootstrap.servers",
              "cruise.control.metrics.reporter.bootstrap.servers",
              "apicurio.registry.url")
          .map(name -> "  " + name + ": x")
          .toList();

  @TempDir Path folder;

  @Test
  void givesAllDefaults_whenFileIsAbsent() throws ProblemsException {
    assertThat(ConfigLoader.load(folder.resolve("none.yaml"))).isEqualTo(EngineConfig.defaults());
  }

  static Stream<Arguments> features() {
    return Stream.of(
        feature("", config -> config, EngineConfig.defaults()),
        feature("# nothing but a comment\n", config -> config, EngineConfig.defaults()),
        feature("kafka:\nhttp:\n", config -> config, EngineConfig.defaults()),
        feature(
            "kafka: {bootstrap.servers: [a:1, b:2], linger.ms: 5}",
            config -> config.kafka().common(),
            Map.of("bootstrap.servers", "a:1,b:2", "linger.ms", "5")),
        feature(
            "kafka: {client.id: x, a: 1}\nconsumer: {client.id: y}",
            config -> config.kafka().forConsumer(),
            Map.of("bootstrap.servers", "localhost:9092", "client.id", "y", "a", "1")),
        feature(
            "producer:\n" + String.join("\n", OTHERS_PROPERTIES),
            config -> config.kafka().producer().size(),
            OTHERS_PROPERTIES.size()),
        feature(
            "kafka: {client.id: x}\nproducer: {acks: all, enable.idempotence: true}",
            config -> config.kafka().forProducer(),
            Map.of(
                "bootstrap.servers", "localhost:9092",
                "client.id", "x",
                "acks", "all",
                "enable.idempotence", "true")),
        feature(
            "consumer: {client.id: x}",
            config -> config.kafka().forAdmin(),
            Map.of("bootstrap.servers", "localhost:9092")),
        feature(
            "kafka: {sasl.jaas.config: 'x password=\"${env:PASSWORD}\";'}",
            config -> config.kafka().common().get("sasl.jaas.config"),
            "x password=\"p$1\";"),
        feature(
            "kafka: {ssl.key.password: '${directory:/x:y}'}",
            config -> config.kafka().common().get("ssl.key.password"),
            "${directory:/x:y}"),
        feature(
            "topics: {reports: [a, b], violations: v, status: s, state: t, dead-letters: d, by-application: k,"
                + " rekey: never}",
            EngineConfig::topics,
            new TopicsConfig(List.of("a", "b"), "v", "s", "t", "d", "k", Rekey.NEVER)),
        feature("topics: {reports: a}", config -> config.topics().reports(), List.of("a")),
        feature("contracts: some/c", config -> config.judging().contracts(), Path.of("some/c")),
        feature("policies: /some/p", config -> config.judging().policies(), Path.of("/some/p")),
        feature("evaluator: plan", config -> config.judging().evaluator(), Evaluator.PLAN),
        feature("opa: managed", config -> config.judging().opa(), OpaConfig.managed()),
        feature("opa: {}", config -> config.judging().opa(), OpaConfig.managed()),
        feature(
            "opa: {url: 'https://opa:8181', token: '${env:PASSWORD}', timeout: 2s, batch-size: 9,"
                + " connections: 3}",
            config -> config.judging().opa(),
            new OpaConfig(
                URI.create("https://opa:8181"),
                new Secret("p$1"),
                null,
                Duration.ofSeconds(2),
                9,
                3)),
        feature("threads: 2", config -> config.processing().threads(), 2),
        feature(
            "commit-interval: 1s",
            config -> config.processing().commitInterval(),
            Duration.ofSeconds(1)),
        feature(
            "idle-timeout: 1m", config -> config.processing().idleTimeout(), Duration.ofMinutes(1)),
        feature(
            "limits: {report-bytes: 512KiB, report-depth: 9, time-ahead: 0s, series: 10,"
                + " evaluation-steps: 10000, evaluation-memory: 2MiB,"
                + " evaluation-time: 1s}",
            EngineConfig::limits,
            new LimitsConfig(
                512 * 1024,
                9,
                Duration.ZERO,
                10,
                new EvaluationConfig(10_000, 2 * 1024 * 1024, Duration.ofSeconds(1)))),
        feature("limits: {report-bytes: 2048}", config -> config.limits().reportBytes(), 2048L),
        feature("http: {host: 0.0.0.0, port: 0}", EngineConfig::http, new HttpConfig("0.0.0.0", 0)),
        feature(
            "http: {allowed-hosts: qoa.example.org}",
            config -> config.http().allowedHosts(),
            List.of("qoa.example.org")),
        feature("http: {port: '${env:PORT}'}", config -> config.http().port(), 9999));
  }

  private static Arguments feature(
      String yaml, Function<EngineConfig, Object> part, Object expected) {
    return arguments(yaml, part, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("features")
  void readsEachFeature(String yaml, Function<EngineConfig, Object> part, Object expected)
      throws Exception {
    assertThat(part.apply(load(yaml))).isEqualTo(expected);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("htp: {}", "1: /htp: is not a setting; did you mean http?"),
        arguments("http:\n  prot: 1", "2: /http/prot: is not a setting; did you mean port?"),
        arguments(
            "http:\n  certificate: x",
            "2: /http/certificate: is not a setting; expected one of [allowed-hosts, host, port]"),
        arguments(
            "http: {allowed-hosts: ['http://x']}",
            "1: /http/allowed-hosts: is [\"http://x\"]; expected host names, without http:// and"
                + " port"),
        arguments("http: {port: 70000}", "1: /http/port: is 70000; expected 0 to 65535"),
        arguments("http: {port: 1.5}", "1: /http/port: is 1.5; expected a whole number"),
        arguments(
            "http: {port: '1'}",
            "1: /http/port: is \"1\"; expected a whole number, without quotes"),
        arguments(
            "http: {port: '${env:NOT_A_PORT}'}",
            "1: /http/port: is \"${env:NOT_A_PORT}\"; expected a whole number"),
        arguments("http: [1]", "1: /http: is [1]; expected a map of settings"),
        arguments("- http", "1: is [\"http\"]; expected a map of settings"),
        arguments("contracts: 5", "1: /contracts: is 5; expected a path"),
        arguments("contracts: ''", "1: /contracts: is \"\"; expected a path"),
        arguments(
            "evaluator: wasm", "1: /evaluator: is \"wasm\"; expected plan, opa or plan-or-opa"),
        arguments(
            "opa: mananged", "1: /opa: is \"mananged\"; expected managed, or a map of settings"),
        arguments(
            "opa: {url: 'ftp://x'}",
            "1: /opa/url: is \"ftp://x\"; expected http://HOST:PORT or https://"),
        arguments(
            "opa: {token: abc}",
            "1: /opa/token: is ***; expected opa.url too: a managed OPA needs no token"),
        arguments(
            "opa: {url: 'https://x', ca-file: /no/such}",
            "1: /opa/ca-file: is \"/no/such\"; expected a readable file"),
        arguments("opa: {timeout: 6m}", "1: /opa/timeout: is \"6m\"; expected 1ms to 5m"),
        arguments(
            "opa: {timeout: 6}",
            "1: /opa/timeout: is 6; expected a duration such as 500ms, 10s, 5m, 1h or 1d"),
        arguments("opa: {batch-size: 0}", "1: /opa/batch-size: is 0; expected 1 to 10000"),
        arguments("opa: {connections: 65}", "1: /opa/connections: is 65; expected 1 to 64"),
        arguments("commit-interval: 1ms", "1: /commit-interval: is \"1ms\"; expected 10ms to 30s"),
        arguments("idle-timeout: 2d", "1: /idle-timeout: is \"2d\"; expected 10ms to 1d"),
        arguments(
            "limits: {report-bytes: 1GiB}",
            "1: /limits/report-bytes: is \"1GiB\"; expected a size such as 512KiB or 1MiB, or a"
                + " number of bytes"),
        arguments(
            "limits: {report-bytes: 9223372036854775807MiB}",
            "1: /limits/report-bytes: is \"9223372036854775807MiB\"; expected 1KiB to 64MiB"),
        arguments("limits: {report-depth: 1}", "1: /limits/report-depth: is 1; expected 8 to 1000"),
        arguments("limits: {series: 1}", "1: /limits/series: is 1; expected 10 to 1000000"),
        arguments(
            "topics: {reports: []}", "1: /topics/reports: is []; expected at least one topic"),
        arguments(
            "topics: {reports: [a, a]}",
            "1: /topics/reports: is [\"a\",\"a\"]; expected distinct topics"),
        arguments(
            "topics: {violations: 'a b'}",
            "1: /topics/violations: is \"a b\"; expected at most 249 letters, digits, '.', '_' and"
                + " '-'"),
        arguments(
            "topics: {rekey: sometimes}",
            "1: /topics/rekey: is \"sometimes\"; expected auto, always or never"),
        arguments(
            "topics: {reports: [a], dead-letters: a}",
            "1: /topics/dead-letters: is \"a\"; expected a topic that no other setting names"),
        arguments(
            "kafka: {bootstrap: {servers: x}}",
            "1: /kafka/bootstrap: is {\"servers\":\"x\"}; expected a string; write the name of"
                + " a property as one key, with its dots"),
        arguments(
            "consumer: {enable.auto.commit: true}",
            "1: /consumer/enable.auto.commit: is true; expected false: the engine commits"
                + " offsets in the transaction of their results"),
        arguments(
            "consumer:\n  group.id: a\n  acks: all",
            "3: /consumer/acks: Kafka's consumer has no such property and would ignore it; write it"
                + " under producer"),
        arguments(
            "producer: {max.poll.records: 5}",
            "1: /producer/max.poll.records: Kafka's producer has no such property and would ignore it;"
                + " write it under consumer"),
        arguments(
            "kafka: {request.timeout.ms: soon}",
            "1: /kafka/request.timeout.ms: is \"soon\"; expected a whole number, [0,...]"),
        arguments(
            "producer: {compression.type: zip}",
            "1: /producer/compression.type: is \"zip\"; expected a value that Kafka accepts, [none,"
                + " gzip, snappy, lz4, zstd]"),
        arguments(
            "consumer: {heartbeat.interval.ms: 15000}",
            "1: /consumer/heartbeat.interval.ms: is 15000; expected heartbeat.interval.ms (15000)"
                + " below session.timeout.ms (10000)"),
        arguments(
            "kafka:\n  client.id: x\n  security.protocl: SSL",
            "3: /kafka/security.protocl: Kafka has no such property; did you mean"
                + " security.protocol?"),
        arguments(
            "consumer: {group_id: x}",
            "1: /consumer/group_id: Kafka has no such property; did you mean group.id?"),
        arguments(
            "producer: {transactionl.id: x}",
            "1: /producer/transactionl.id: Kafka has no such property; did you mean"
                + " transactional.id?"),
        arguments(
            "kafka:\n  sasl.jaas.config: ${env:NONE}",
            "2: /kafka/sasl.jaas.config: the environment variable NONE is not set"),
        arguments(
            "opa: {token: '${file:/no/such}'}", "1: /opa/token: the file /no/such cannot be read"),
        arguments(
            "opa: {token: '${evn:X}'}",
            "1: /opa/token: ${evn:X} is not known; expected ${env:NAME} or ${file:/path}"),
        arguments(
            "http: {port: 1}\nhttp: {port: 2}",
            "2: /http: duplicate key, first on line 1; keep one"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void namesLinePointerValueAndWhatWasExpected(String yaml, String message) throws IOException {
    assertThat(problems(yaml)).containsExactly(folder.resolve("engine.yaml") + ":" + message);
  }

  /** Properties on which exactly-once processing depends, in every section that could set them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "consumer isolation.level: read_uncommitted",
        "consumer auto.offset.reset: latest",
        "consumer auto.offset.reset: none",
        "consumer auto.offset.reset: 'by_duration:PT1H'",
        "consumer enable.auto.commit: true",
        "consumer partition.assignment.strategy: org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
        "consumer group.protocol: consumer",
        "consumer group.remote.assignor: uniform",
        "consumer value.deserializer: org.apache.kafka.common.serialization.StringDeserializer",
        "producer enable.idempotence: false",
        "producer acks: 1",
        "producer acks: 0",
        "producer retries: 0",
        "producer max.in.flight.requests.per.connection: 6",
        "producer partitioner.class: org.apache.kafka.clients.producer.RoundRobinPartitioner",
        "producer partitioner.ignore.keys: true",
        "producer transaction.two.phase.commit.enable: true",
        "producer key.serializer: org.apache.kafka.common.serialization.StringSerializer"
      })
  void refusesWhatExactlyOnceRestsOn(String line) throws IOException {
    String[] words = line.split(" ", 2);
    String name = words[1].substring(0, words[1].indexOf(':'));
    for (String section : List.of(words[0], "kafka")) {
      assertThat(problems(section + ":\n  client.id: x\n  " + words[1]))
          .singleElement()
          .asString()
          .contains("engine.yaml:3: /" + section + "/" + name + ": is ", "; expected ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "consumer: {isolation.level: read_committed, auto.offset.reset: earliest}",
        "consumer: {enable.auto.commit: false, group.protocol: classic}",
        "producer: {acks: all, enable.idempotence: true, retries: 5, compression.type: zstd}",
        "producer: {acks: -1, max.in.flight.requests.per.connection: 1}",
        "consumer: {session.timeout.ms: 45000, heartbeat.interval.ms: 15000}"
      })
  void takesWhatChangesNothingOfThat(String yaml) throws Exception {
    assertThat(load(yaml)).isNotNull();
  }

  @Test
  void wantsFoldersToBeThere_onlyWhereTheyAreUsed() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("engine.yaml"),
            "# a comment\ncontracts: nope\npolicies: %s\n".formatted(folder));

    assertThat(ConfigLoader.load(file, Set.of("policies")).judging().contracts())
        .isEqualTo(Path.of("nope"));
    assertThat(
            catchThrowableOfType(
                ProblemsException.class,
                () -> ConfigLoader.load(file, Set.of("contracts", "policies"))))
        .hasMessage(
            file
                + ":2: /contracts: is \"nope\"; expected an existing folder or file, relative to the"
                + " working directory");
  }

  @Test
  void reportsAllMistakesAtOnce_inOrderOfLines() throws IOException {
    assertThat(problems("http: {port: -1}\nlimits: {series: 0, report-depth: 0}\nopa: 1"))
        .hasSize(4)
        .isSorted();
  }

  @Test
  void readsSecretsFromFiles_withoutTheirLastLineBreak() throws Exception {
    Path secret = Files.writeString(folder.resolve("token"), "hush\n");
    EngineConfig config = load("opa: {url: 'http://x:1', token: '${file:" + secret + "}'}");
    assertThat(config.judging().opa().token().reveal()).isEqualTo("hush");
  }

  static Stream<Arguments> tokenFiles() {
    return Stream.of(
        arguments("hush-1", null),
        arguments("hush-1\n", null),
        arguments("hush-1\r\n", null),
        arguments("hush-1\nhush-2\n", "the value of ${file:F} has 2 lines; expected one line"),
        arguments("hush-1\r\nhush-2", "the value of ${file:F} has 2 lines; expected one line"),
        arguments(
            "hush-1\n\n", "the value of ${file:F} has an empty line at its end; expected one line"),
        arguments(
            "\uFEFFhush-1", "the file F begins with a byte order mark (BOM); save it without one"),
        arguments("hush 1", "is ***; expected visible ASCII characters in one line"),
        arguments("hush-\u00fc", "is ***; expected visible ASCII characters in one line"),
        arguments("", "is ***; expected visible ASCII characters in one line"),
        arguments("x".repeat(70_000), "the file F is larger than 64 KiB"));
  }

  @ParameterizedTest
  @MethodSource("tokenFiles")
  void tellsWhatIsWrongWithATokenFile_andNotWhatIsInIt(String content, String message)
      throws Exception {
    Path secret = Files.writeString(folder.resolve("token"), content);
    String yaml = "opa: {url: 'http://x:1', token: '${file:" + secret + "}'}";
    if (message == null) {
      assertThat(load(yaml).judging().opa().token().reveal()).isEqualTo("hush-1");
    } else {
      assertThat(problems(yaml))
          .containsExactly(
              folder.resolve("engine.yaml")
                  + ":1: /opa/token: "
                  + message.replaceFirst("(?<=file[: ])F", secret.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topics: {reports: ['%s !']}",
        "topics: {violations: ' %s'}",
        "contracts: '%s'",
        "evaluator: '%s'",
        "opa: {url: 'ftp://%s'}",
        "opa: {url: 'http://%s:nonsense'}",
        "opa: {url: 'http://user:%s@127.0.0.1:1'}",
        "opa: {url: 'http://x', token: 'two words %s'}",
        "opa: {url: 'https://x', ca-file: '%s'}",
        "http: {port: '%s'}",
        "http: {allowed-hosts: ['/%s']}",
        "limits: {series: '%s'}",
        "limits: {report-bytes: '%s'}",
        "idle-timeout: '%s'"
      })
  void doesNotQuote_whatIsFilledIn(String yaml) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "hush-hush\n");
    Path file =
        Files.writeString(folder.resolve("engine.yaml"), yaml.formatted("${file:" + secret + "}"));

    assertThat(
            catchThrowableOfType(
                ProblemsException.class, () -> ConfigLoader.load(file, Set.of("contracts"))))
        .hasMessageContaining("engine.yaml:1: ")
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "opa: {url: 'http://user:hush-hush@127.0.0.1:1'}",
        "opa: {url: 'http://x', token: 'two words hush-hush'}"
      })
  void doesNotQuote_secretsInTheFileItself(String yaml) throws Exception {
    assertThat(problems(yaml)).hasSize(1).allMatch(problem -> !problem.contains("hush"));
  }

  @Test
  void hidesWhatIsFilledIn_andSecretsByName_butNoNumbers() throws Exception {
    Redactor redactor = new Redactor();
    Path file =
        Files.writeString(
            folder.resolve("engine.yaml"),
            """
            kafka:
              bootstrap.servers: ${env:BROKERS}
              ssl.key.password: literal
              ssl.truststore.password: ${env:PIN}
              ssl.keystore.location: /a/path
            consumer: {group.id: 'g-${env:ID}'}
            http: {port: '${env:PORT}'}
            commit-interval: ${env:TIME}
            """);
    Map<String, String> environment =
        Map.of(
            "BROKERS", "b1:9,b2:9", "PIN", "424242", "ID", "blue", "PORT", "9999", "TIME", "300ms");

    ConfigLoader.load(file, Set.of(), environment::get, redactor);

    assertThat(redactor.redact("b1:9,b2:9 literal 424242 /a/path g-blue 9999 300ms"))
        .isEqualTo("${env:BROKERS} *** ${env:PIN} /a/path g-${env:ID} 9999 300ms");
  }

  @Test
  void neverPrintsSecrets() throws Exception {
    EngineConfig config =
        load(
            "kafka: {sasl.jaas.config: hush, ssl.keystore.password: hush, ssl.truststore.location:"
                + " shown}\nproducer: {ssl.keystore.key: hush}\nconsumer:"
                + " {sasl.oauthbearer.client.credentials.client.secret: hush}\nopa: {url:"
                + " 'http://x:1', token: hush}");
    assertThat(config.toString()).contains("shown").doesNotContain("hush");
  }

  private EngineConfig load(String yaml) throws IOException, ProblemsException {
    Path file = Files.writeString(folder.resolve("engine.yaml"), yaml);
    return ConfigLoader.load(file, Set.of(), ENVIRONMENT::get);
  }

  private List<String> problems(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("engine.yaml"), yaml);
    return catchThrowableOfType(
            ProblemsException.class, () -> ConfigLoader.load(file, Set.of(), ENVIRONMENT::get))
        .problems()
        .stream()
        .map(Object::toString)
        .toList();
  }
}
