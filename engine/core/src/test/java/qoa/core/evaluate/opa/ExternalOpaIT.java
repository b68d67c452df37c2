package qoa.core.evaluate.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static qoa.core.evaluate.opa.Fixtures.evaluation;
import static qoa.core.evaluate.opa.Fixtures.revision;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.Revision;
import qoa.core.settings.OpaConfig;
import qoa.core.settings.Secret;

/** An OPA that the operator runs: with a token, with TLS, away, or not an OPA at all. */
class ExternalOpaIT {

  private static final Revision REVISION =
      revision(Map.of("p.rego", "package p\n\nviolation contains input.report.value\n"));

  private static final String AUTHZ =
      """
      package system.authz

      default allow := false

      allow if input.identity == "open-sesame"
      """;

  @TempDir Path folder;
  private Process opa;
  private HttpServer fake;

  @AfterEach
  void stop() throws InterruptedException {
    if (opa != null) {
      opa.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
    if (fake != null) {
      fake.stop(0);
    }
  }

  @Test
  void showsTheToken() throws Exception {
    URI url = startWithToken();
    try (OpaEvaluator evaluator = OpaEvaluator.create(config(url, "open-sesame", null), null)) {
      evaluator.prepare(REVISION);
      assertThat(evaluator.evaluate(List.of(evaluation("p", 3.5))))
          .extracting(Fixtures::shown)
          .containsExactly(
              "Failed[reason=p.violation: expected an object or a string, got a number, in the"
                  + " member 3.5]");
    }
  }

  @Test
  void isUnavailable_whereTheTokenIsRefused() throws Exception {
    URI url = startWithToken();
    try (OpaEvaluator evaluator = OpaEvaluator.create(config(url, "guess", null), null)) {
      assertThatThrownBy(() -> evaluator.prepare(REVISION))
          .isInstanceOf(EvaluatorUnavailableException.class)
          .hasMessageStartingWith("OPA refused the token: 401 ");
    }
  }

  @Test
  void trustsTheCaFile_andNobodyElse() throws Exception {
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=qoa",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem");
    URI url = start("https", "--tls-cert-file=cert.pem", "--tls-private-key-file=key.pem");
    Path ca = folder.resolve("cert.pem");
    try (OpaEvaluator evaluator = OpaEvaluator.create(config(url, null, ca), null)) {
      evaluator.prepare(REVISION);
      assertThat(evaluator.evaluate(List.of(evaluation("p", 3.5)))).hasSize(1);
    }
    try (OpaEvaluator evaluator = OpaEvaluator.create(config(url, null, null), null)) {
      assertThatThrownBy(() -> evaluator.prepare(REVISION))
          .isInstanceOf(EvaluatorUnavailableException.class)
          .hasMessageContaining("certification path");
    }
  }

  @Test
  void saysWhichCaFileIsWrong() throws IOException {
    Path ca = Files.writeString(folder.resolve("ca.pem"), "nothing");
    assertThatThrownBy(
            () -> OpaEvaluator.create(config(URI.create("https://127.0.0.1:1"), null, ca), null))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("ca.pem");
  }

  @Test
  void pushesAgain_whereOpaLostItsData_andLeavesOtherPoliciesAlone() throws Exception {
    URI url = start("http");
    try (OpaEvaluator evaluator = OpaEvaluator.create(config(url, null, null), null)) {
      evaluator.prepare(REVISION);
      OpaConnection other = new OpaConnection(url, null, Transport.client(null));
      other.putModule("somebody/else.rego", "package else_where\n\nx := 1\n");
      new RevisionPush(other).clear();
      assertThat(evaluator.evaluate(List.of(evaluation("p", 1)))).hasSize(1);
      List<String> ids = new ArrayList<>();
      other.modules().forEach(module -> ids.add(module.id()));
      assertThat(ids)
          .containsExactlyInAnyOrder(
              "somebody/else.rego",
              ModuleIds.ANALYSIS,
              ModuleIds.DISPATCH,
              "qoa-engine/policies/p.rego");
    }
  }

  @Test
  void isUnavailable_whileOpaIsAway_andGoesOnWhenItIsBack() throws Exception {
    int port = freePort();
    URI url = start("http", port);
    try (OpaEvaluator evaluator = OpaEvaluator.create(config(url, null, null), null)) {
      evaluator.prepare(REVISION);
      stop();
      assertThatThrownBy(() -> evaluator.evaluate(List.of(evaluation("p", 1))))
          .isInstanceOf(EvaluatorUnavailableException.class)
          .hasMessageContaining("OPA at http://127.0.0.1:" + port);
      start("http", port);
      assertThat(evaluator.evaluate(List.of(evaluation("p", 1)))).hasSize(1);
    }
  }

  @Test
  void isUnavailable_whereAProxyAnswersForOpa() throws Exception {
    URI url = fake(503, "upstream is away");
    try (OpaEvaluator evaluator = OpaEvaluator.create(config(url, null, null), null)) {
      assertThatThrownBy(() -> evaluator.prepare(REVISION))
          .isInstanceOf(EvaluatorUnavailableException.class)
          .hasMessage("OPA answered 503: upstream is away");
    }
  }

  @Test
  void isUnavailable_whereSomethingElseAnswers() throws Exception {
    URI url = fake(200, "<html>");
    try (OpaEvaluator evaluator = OpaEvaluator.create(config(url, null, null), null)) {
      assertThatThrownBy(() -> evaluator.prepare(REVISION))
          .isInstanceOf(EvaluatorUnavailableException.class)
          .hasMessageContaining("is not OPA");
    }
  }

  @Test
  void timesOut_whereTheAnswerNeverEnds() throws Exception {
    fake = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    fake.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });
    fake.start();
    OpaConnection opa =
        new OpaConnection(
            address("http", fake.getAddress().getPort()), null, Transport.client(null));
    assertThatThrownBy(() -> opa.query("x", new byte[0], Duration.ofMillis(200)))
        .isInstanceOf(OpaTimeoutException.class)
        .hasMessage("timed out after 200 ms");
  }

  private URI fake(int status, String body) throws IOException {
    fake = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    fake.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    fake.start();
    return address("http", fake.getAddress().getPort());
  }

  private URI startWithToken() throws Exception {
    Files.writeString(folder.resolve("authz.rego"), AUTHZ);
    return start("http", "--authentication=token", "--authorization=basic", "authz.rego");
  }

  private URI start(String scheme, String... options) throws Exception {
    return start(scheme, freePort(), options);
  }

  private URI start(String scheme, int port, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(OpaForTests.find().toAbsolutePath().toString());
    command.addAll(List.of("run", "--server", "--log-level=error", "--skip-version-check"));
    command.add("--addr=127.0.0.1:" + port);
    command.addAll(List.of(options));
    opa =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("opa.log").toFile())
            .start();
    for (int i = 0; i < 500 && opa.isAlive(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return address(scheme, port);
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    throw new IllegalStateException(Files.readString(folder.resolve("opa.log")));
  }

  private void run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("run.log").toFile())
            .start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  private static OpaConfig config(URI url, String token, Path ca) {
    Secret secret = token == null ? null : new Secret(token);
    return new OpaConfig(url, secret, ca, Duration.ofSeconds(10), 64, 2);
  }

  private static URI address(String scheme, int port) {
    return URI.create(scheme + "://127.0.0.1:" + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
