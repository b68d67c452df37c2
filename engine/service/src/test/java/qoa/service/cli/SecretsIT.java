package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.testing.Await;
import qoa.testing.ChildJvm;
import qoa.testing.ChildJvm.Result;

/**
 * Substituted values and secrets are never printed: neither by the engine nor in messages of the
 * JDK, Kafka or OPA, which quote invalid values.
 */
@Timeout(300)
class SecretsIT {

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
        "evaluator: opa\nopa: {url: 'http://127.0.0.1:1/%s', token: abc}"
      })
  void isNotPrinted_whateverCannotBeDoneWithIt(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");

    assertSilent(run(yaml.formatted("${file:" + file + "}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
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
      // An engine that waits for OPA continues, but warns.
      Await.until(
          () -> "says what is wrong: " + child.err(),
          Await.LONG,
          () -> !child.handle().isAlive() || child.err().contains(" WARN "));
      child.terminate();
      return child.await(Await.LONG);
    }
  }

  private static void assertSilent(Result result) throws IOException {
    assertThat(result.err() + result.out()).as("says something").isNotBlank();
    assertThat(result.err() + result.out()).doesNotContain("Xk7").doesNotContain("hush");
  }
}
