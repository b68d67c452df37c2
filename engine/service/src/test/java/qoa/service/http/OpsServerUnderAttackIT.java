package qoa.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.core.engine.EvaluationOutcome;
import qoa.service.config.HttpConfig;
import qoa.service.metrics.PrometheusMetrics;
import qoa.testing.Await;

/** Clients that send or read slowly or not at all, and requests of hostile web pages. */
class OpsServerUnderAttackIT {

  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String RELOAD = "POST /reload HTTP/1.1\r\nHost: %s\r\n%s\r\n";
  private static final String GUARD = "X-Requested-With: test\r\n";
  private static final int MANY = 1_000;
  private static final long SOON_MILLIS = 3_000;

  private final PrometheusMetrics metrics = new PrometheusMetrics(20_000);
  private final Health health = new Health(List.of());
  private final List<Socket> sockets = new ArrayList<>();
  private OpsServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        OpsServer.start(
            new HttpConfig("127.0.0.1", 0, List.of("Engine.Example.org")),
            metrics,
            health,
            new OpsServer.Limits(Duration.ofSeconds(5), Duration.ofMillis(500)));
    server.onReload(() -> CompletableFuture.completedFuture("abc"));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "G",
        "GET /health/live HTTP/1.1\r\nHost: local",
        "POST /reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n{",
        "POST /health/live HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n"
      })
  void health_answers_whileAThousandRequestsAreHalfSent(String half) throws Exception {
    for (int i = 0; i < MANY; i++) {
      sockets.add(RawHttp.open(server.port(), half));
    }
    assertLivesSoon();
  }

  @Test
  void health_answers_whileAThousandClientsDoNotReadTheirMetrics() throws Exception {
    for (int i = 0; i < 20_000; i++) {
      metrics.evaluation("a-contract-with-a-rather-long-name-" + i, EvaluationOutcome.DEFINED, 1);
    }
    for (int i = 0; i < MANY; i++) {
      String request = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
      sockets.add(RawHttp.open(server.port(), request));
      if (i % 100 == 0) {
        assertLivesSoon();
      }
    }
    assertLivesSoon();
    Await.until(
        "metrics are served again",
        () ->
            RawHttp.send(server.port(), "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .contains("name-19999\""));
  }

  @Test
  void health_answers_whileReloadsWait() throws Exception {
    server.onReload(CompletableFuture::new); // never done
    for (int i = 0; i < 100; i++) {
      sockets.add(RawHttp.open(server.port(), RELOAD.formatted("localhost", GUARD)));
    }
    assertLivesSoon();
  }

  @Test
  void reload_isAnswered_thoughItIsNeverDone() throws Exception {
    server.onReload(CompletableFuture::new);

    assertThat(RawHttp.send(server.port(), RELOAD.formatted("localhost", GUARD)))
        .startsWith("HTTP/1.1 504 ")
        .contains("takes longer than 0 s and continues; see /health/ready");
  }

  /** Each byte is progress, so an idle timeout alone would never close the connection. */
  @Test
  void aConnection_isClosed_howeverSlowlyItSends() throws Exception {
    Socket socket = RawHttp.open(server.port(), "GET /health/live HTTP/1.1\r\nHost: ");
    sockets.add(socket);
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start < Duration.ofSeconds(30).toNanos()) {
        socket.getOutputStream().write('x');
        Thread.sleep(50);
      }
    } catch (IOException e) {
      assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(15).toNanos());
      return;
    }
    throw new AssertionError("was still open after 30 s");
  }

  @Test
  void anEndlessHead_isRefused() throws Exception {
    String head = "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
    assertThat(RawHttp.send(server.port(), head)).startsWith("HTTP/1.1 431 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the curl command of the guide
        "localhost | X-Requested-With: curl | 200",
        "127.0.0.1:9464 | X-Requested-With: curl | 200",
        "[::1]:9464 | X-Requested-With: curl | 200",
        "LOCALHOST:1 | X-Requested-With: curl | 200",
        "engine.example.org | X-Requested-With: curl | 200",
        // a page of this server
        "localhost:1 | X-Requested-With: fetch~Origin: http://localhost:1 | 200",
        "localhost:1 | X-Requested-With: fetch~Sec-Fetch-Site: same-origin | 200",
        // a form or a simple request of a page of another site
        "localhost | Content-Type: application/x-www-form-urlencoded | 403",
        "localhost | Content-Type: text/plain~Origin: http://evil.example | 403",
        // a page of another site that sends the header anyway
        "localhost:1 | X-Requested-With: x~Origin: http://evil.example | 403",
        "localhost:1 | X-Requested-With: x~Origin: http://localhost:2 | 403",
        "localhost:1 | X-Requested-With: x~Origin: null | 403",
        "localhost:1 | X-Requested-With: x~Origin: %% | 403",
        "localhost:1 | X-Requested-With: x~Sec-Fetch-Site: cross-site | 403",
        "localhost:1 | X-Requested-With: x~Sec-Fetch-Site: same-site | 403",
        // a host name that resolves to this machine (DNS rebinding)
        "evil.example | X-Requested-With: x | 403",
        "evil.example:9464 | X-Requested-With: x~Origin: http://evil.example:9464 | 403",
        "localhost.evil.example | X-Requested-With: x | 403",
        "127.0.0.1.evil.example | X-Requested-With: x | 403",
        "engine.example.org.evil.example | X-Requested-With: x | 403"
      })
  void reload_isOnlyForThoseWhoMay(String host, String headers, int status) throws Exception {
    String request = RELOAD.formatted(host, headers.replace("~", "\r\n") + "\r\n");

    assertThat(RawHttp.send(server.port(), request)).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void reload_withoutTheHeader_isToldWhatToSend() throws Exception {
    assertThat(RawHttp.send(server.port(), RELOAD.formatted("localhost", "")))
        .startsWith("HTTP/1.1 403 ")
        .contains("curl -X POST -H 'X-Requested-With: curl'");
  }

  /** The CORS preflight that a browser sends before a page of another site may send the header. */
  @Test
  void preflight_givesNoLeave() throws Exception {
    String answer =
        RawHttp.send(
            server.port(),
            String.join(
                "\r\n",
                "OPTIONS /reload HTTP/1.1",
                "Host: localhost",
                "Origin: http://evil.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: x-requested-with",
                "",
                ""));
    assertThat(answer).startsWith("HTTP/1.1 405 ").doesNotContainIgnoringCase("Access-Control");
  }

  @Test
  void onlyMostRecentConnections_areKept() throws Exception {
    for (int i = 0; i < MANY; i++) {
      sockets.add(RawHttp.open(server.port(), "G"));
    }
    assertLivesSoon();
    assertThat(isClosed(sockets.get(0))).isTrue();
    assertThat(isClosed(sockets.get(MANY - ConnectionBounds.MAX - 2))).isTrue();
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
  }

  private void assertLivesSoon() throws IOException {
    long start = System.nanoTime();
    String answer = RawHttp.send(server.port(), LIVE);
    assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("{\"live\":true}\n");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Duration.ofMillis(SOON_MILLIS));
  }
}
