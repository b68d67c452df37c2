package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.testing.Await;
import qoa.testing.ChildJvm;
import qoa.testing.ChildJvm.Result;

/** A service with a small heap and a hostile OPA server. */
class HostileOpaIT {

  private static final String TOKEN = "a-token-that-nobody-may-see";
  private static final Pattern URL = Pattern.compile("metrics and health at (http://\\S+)");

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void livesOn_saysWhatIsWrong_andEndsWhenToldTo() throws Exception {
    try (HostileOpa elsewhere = new HostileOpa(HostileOpa.Deed.ANSWERS_EMPTY, "");
        HostileOpa opa = new HostileOpa(HostileOpa.Deed.NEVER_ANSWERS, elsewhere.url());
        ChildJvm child = start(opa.url())) {
      long start = System.nanoTime();
      for (HostileOpa.Deed deed : HostileOpa.Deed.values()) {
        opa.now(deed);
        awaitHealth(child, deed);
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      assertThat(opa.requests()).as("in %d s", seconds).isLessThan(10 + 3 * (int) seconds);
      assertThat(elsewhere.requests()).as("whoever follows a redirect gives the token").isZero();

      opa.now(HostileOpa.Deed.NEVER_ANSWERS);
      int before = opa.requests();
      Await.until(() -> "OPA is asked again", Await.LONG, () -> opa.requests() > before);
      long told = System.nanoTime();
      child.terminate();
      Result result = child.await(Duration.ofSeconds(10));
      System.out.printf("ended %d ms after SIGTERM%n", (System.nanoTime() - told) / 1_000_000);
      assertThat(result.exitCode()).as("%s", result).isZero();
      assertThat(result.toString()).doesNotContain(TOKEN).doesNotContain("\tat ");
    }
  }

  private void awaitHealth(ChildJvm child, HostileOpa.Deed deed) throws Exception {
    String[] seen = {""};
    Await.until(
        () -> deed + " is not told: " + seen[0] + child.err(),
        Await.LONG,
        () -> {
          seen[0] = ready(child);
          assertThat(seen[0]).doesNotContain(TOKEN);
          return seen[0].contains("\"evaluator\":\"") && seen[0].contains(deed.trouble);
        });
  }

  private String ready(ChildJvm child) throws Exception {
    Matcher url = URL.matcher(child.err());
    if (!url.find()) {
      return "";
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url.group(1) + "/health/ready")).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private ChildJvm start(String opa) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("engine.yaml"),
            """
            evaluator: opa
            opa: {url: "%s", token: %s}
            http: {port: 0}
            """
                .formatted(opa, TOKEN));
    return ChildJvm.start(null, List.of("-Xmx128m"), "run", "-c", config.toString());
  }
}
