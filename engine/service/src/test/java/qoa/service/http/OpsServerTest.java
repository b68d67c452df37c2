package qoa.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.ReportOutcome;
import qoa.core.model.ReportKind;
import qoa.service.config.HttpConfig;
import qoa.service.metrics.PrometheusMetrics;

class OpsServerTest {

  private final PrometheusMetrics metrics = new PrometheusMetrics(100);
  private final Health health = new Health(List.of("kafka", "opa"));
  private final HttpClient client = HttpClient.newHttpClient();
  private OpsServer server;

  @BeforeEach
  void start() throws Exception {
    server = OpsServer.start(new HttpConfig("127.0.0.1", 0), metrics, health);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void metrics_areInPrometheusText() throws Exception {
    metrics.report(ReportKind.ML, ReportOutcome.LATE, 2);

    HttpResponse<String> response = get("/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(response.body()).contains("qoa_reports_total{kind=\"ml\",outcome=\"late\",} 2.0");
  }

  /** The request headers of a current Prometheus. */
  @Test
  void metrics_areInOpenMetrics_whenAskedFor() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/metrics"))
            .header("Accept", "application/openmetrics-text; version=1.0.0")
            .build();

    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .contains("# TYPE qoa_reports counter", "qoa_reports_total{kind=\"ml\"", "# EOF");
  }

  @Test
  void ready_saysWhatIsDown_untilNothingIs() throws Exception {
    assertAnswer(
        "/health/ready",
        503,
        "{\"ready\":false,\"cause\":{\"kafka\":\"starting\",\"opa\":\"starting\"}}");

    health.up("kafka");
    health.down("opa", "connection refused");
    assertAnswer(
        "/health/ready", 503, "{\"ready\":false,\"cause\":{\"opa\":\"connection refused\"}}");

    health.up("opa");
    assertAnswer("/health/ready", 200, "{\"ready\":true}");

    health.down("opa", "no answer within 2 s");
    assertAnswer(
        "/health/ready", 503, "{\"ready\":false,\"cause\":{\"opa\":\"no answer within 2 s\"}}");
  }

  @Test
  void live_isTrue_untilOnlyARestartHelps() throws Exception {
    assertAnswer("/health/live", 200, "{\"live\":true}");

    health.up("kafka");
    health.up("opa");
    health.fail("shut out by another engine");

    assertAnswer("/health/live", 503, "{\"live\":false,\"cause\":\"shut out by another engine\"}");
    assertAnswer(
        "/health/ready",
        503,
        "{\"ready\":false,\"cause\":{\"engine\":\"shut out by another engine\"}}");
  }

  @Test
  void ready_isTrue_thoughDegraded() throws Exception {
    health.up("kafka");
    health.up("opa");
    health.degraded("reload", "a.rego:3: var x is unsafe");
    assertAnswer(
        "/health/ready",
        200,
        "{\"ready\":true,\"degraded\":{\"reload\":\"a.rego:3: var x is unsafe\"}}");

    health.well("reload");
    assertAnswer("/health/ready", 200, "{\"ready\":true}");
  }

  @Test
  void ready_asksWhatIsWatched_whetherItIsDegraded() throws Exception {
    health.up("kafka");
    health.up("opa");
    AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
    health.watchDegraded("evaluation", trouble::get);
    assertAnswer("/health/ready", 200, "{\"ready\":true}");

    trouble.set(Optional.of("slow"));
    assertAnswer("/health/ready", 200, "{\"ready\":true,\"degraded\":{\"evaluation\":\"slow\"}}");
  }

  @Test
  void reload_tellsTheRevision_orWhatIsWrong() throws Exception {
    assertThat(post("/reload").statusCode()).isEqualTo(409);

    server.onReload(() -> CompletableFuture.completedFuture("abc"));
    assertThat(post("/reload").statusCode()).isEqualTo(200);
    assertThat(post("/reload").body()).isEqualTo("revision abc\n");

    server.onReload(
        () ->
            CompletableFuture.failedFuture(
                new ProblemsException(List.of(new Problem("a.rego", 3, null, "x is unsafe")))));
    assertThat(post("/reload").statusCode()).isEqualTo(422);
    assertThat(post("/reload").body()).isEqualTo("a.rego:3: x is unsafe\n");
  }

  @Test
  void nothingIsTold_thatMustNotBePrinted() throws Exception {
    Health redacted = new Health(List.of("kafka"), text -> text.replace("hush", "***"));
    redacted.down("kafka", "OPA said hush");
    redacted.degraded("reload", "hush again");
    redacted.fail("because of hush");
    try (OpsServer ops = OpsServer.start(new HttpConfig("127.0.0.1", 0), metrics, redacted)) {
      ops.onReload(
          () ->
              CompletableFuture.failedFuture(
                  new ProblemsException(List.of(new Problem("hush.rego", 3, null, "hush")))));
      String head = " HTTP/1.1\r\nHost: localhost\r\nX-Requested-With: x\r\n\r\n";
      for (String request : List.of("GET /health/ready", "GET /health/live", "POST /reload")) {
        assertThat(RawHttp.send(ops.port(), request + head)).contains("***").doesNotContain("hush");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/reload | GET | POST | POST",
        "/reload | PUT | POST | POST",
        "/reload | HEAD | POST | POST",
        "/reload | OPTIONS | POST | POST",
        "/metrics | POST | GET, HEAD | GET or HEAD",
        "/health/ready | DELETE | GET, HEAD | GET or HEAD",
        "/ | TRACE | GET, HEAD | GET or HEAD"
      })
  void otherMethods_areToldTheRightOne(String path, String method, String allow, String use)
      throws Exception {
    server.onReload(
        () -> {
          throw new AssertionError("must not be called");
        });

    String answer =
        RawHttp.send(server.port(), method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: " + allow + "\r\n");
    if (!method.equals("HEAD")) {
      assertThat(answer).endsWith("\r\n\r\nmethod not allowed; use " + use + "\n");
    }
  }

  @Test
  void root_listsThePaths() throws Exception {
    assertAnswer("/", 200, "/metrics\n/health/live\n/health/ready\n/reload");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metricsX", "/metrics/", "/health", "/-/healthy", "/favicon.ico"})
  void elsewhere_isNotFound(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void head_hasNoBody() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/health/live"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();

    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void start_saysWhere_whenThePortIsTaken() {
    assertThatThrownBy(
            () -> OpsServer.start(new HttpConfig("127.0.0.1", server.port()), metrics, health))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + server.port());
  }

  @Test
  void start_saysSo_whenTheHostIsUnknown() {
    HttpConfig unknown = new HttpConfig("nowhere.invalid", 0);
    assertThatThrownBy(() -> OpsServer.start(unknown, metrics, health))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot listen on nowhere.invalid:0: unknown host; set http.host to an address of this"
                + " machine");
  }

  private void assertAnswer(String path, int status, String body) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.body()).isEqualTo(body + "\n");
    assertThat(response.statusCode()).isEqualTo(status);
  }

  private HttpResponse<String> post(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .header("X-Requested-With", "test")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
