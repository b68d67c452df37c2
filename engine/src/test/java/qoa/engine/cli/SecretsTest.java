package qoa.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.engine.ChildJvm;
import qoa.engine.ChildJvm.Result;

/**
 * No setting's value is printed that was filled in, or is a secret by its name: not by us, and not
 * by the JDK, Kafka or OPA, which quote in their messages what they cannot use.
 */
@Timeout(300)
class SecretsTest {

  private static final String SECRET = "Xk7-hush-hush";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka: {bootstrap.servers: '%s'}",
        "kafka: {bootstrap.servers: '%s:1', default.api.timeout.ms: 1000, request.timeout.ms: 900}",
        "kafka: {security.protocol: '%s'}",
        "kafka: {request.timeout.ms: '%s'}",
        "kafka: {metric.reporters: '%s'}",
        "kafka: {security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.jaas.config: '%s'}",
        "kafka: {security.protocol: SSL, ssl.keystore.key: '%s', ssl.keystore.type: PEM}",
        "consumer: {auto.offset.reset: '%s'}",
        "producer: {acks: '%s'}",
        "http: {host: '%s.invalid'}",
        "topics: {reports: ['%s !']}",
        "contracts: '%s'",
        "evaluator: opa\nopa: {url: 'http://127.0.0.1:1/%s', token: abc}",
        "evaluator: opa\nopa: {url: 'http://%s:nonsense'}",
        "evaluator: opa\nopa: {url: 'http://user:%s@127.0.0.1:1'}",
        "evaluator: opa\nopa: {url: 'http://127.0.0.1:1', token: 'two words %s'}",
        "evaluator: opa\nopa: {url: 'https://127.0.0.1:1', ca-file: '%s'}",
        "limits: {series: '%s'}",
        "idle-timeout: '%s'"
      })
  void isNotPrinted_whateverCannotBeDoneWithIt(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");

    assertSilent(run(yaml.formatted("${file:" + file + "}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evaluator: opa\nopa: {url: 'http://127.0.0.1:1', token: 'two words %s'}",
        "evaluator: opa\nopa: {url: 'http://user:%s@127.0.0.1:1'}",
        "kafka: {security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.jaas.config: '%s'}",
        "kafka: {ssl.keystore.type: PEM, security.protocol: SSL, ssl.keystore.key: '%s'}"
      })
  void isNotPrinted_whereItStandsInTheFileItself(String yaml) throws Exception {
    assertSilent(run(yaml.formatted(SECRET)));
  }

  private Result run(String yaml) throws Exception {
    String quick = "http: {port: 0}\n";
    Path config =
        Files.writeString(
            folder.resolve("engine.yaml"), yaml.startsWith("http") ? yaml : quick + yaml);
    try (ChildJvm child = ChildJvm.start(null, List.of(), "run", "-c", config.toString())) {
      Thread.sleep(4_000); // those that wait for an OPA go on: they have said by then what is wrong
      child.terminate();
      return child.await(Duration.ofMinutes(1));
    }
  }

  private static void assertSilent(Result result) throws IOException {
    assertThat(result.err() + result.out()).as("says something").isNotBlank();
    assertThat(result.err() + result.out()).doesNotContain("Xk7").doesNotContain("hush");
  }
}
