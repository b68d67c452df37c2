package qoa.core.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The OPA that evaluates policies.
 *
 * @param url an OPA that the operator runs; null where the engine starts and supervises its own
 * @param token bearer token; null for none
 * @param caFile certificate authorities to trust, PEM; null for the JVM's
 * @param timeout how long one query may take
 * @param batchSize how many evaluations one query carries at most
 * @param connections how many queries run at once
 */
public record OpaConfig(
    URI url, Secret token, Path caFile, Duration timeout, int batchSize, int connections) {

  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);

  public OpaConfig {
    String scheme = url == null ? "" : String.valueOf(url.getScheme());
    boolean http = scheme.equals("http") || scheme.equals("https");
    new Checks()
        .that("url", url == null || (http && url.getHost() != null), "http://HOST:PORT or https://")
        .that("url", url == null || url.getUserInfo() == null, "no user or password; use token")
        .that("token", token == null || url != null, "url beside it: a managed OPA needs no token")
        .that("token", token == null || isHeader(token), "visible ASCII characters in one line")
        .that("ca-file", caFile == null || scheme.equals("https"), "url: https://… beside it")
        .that("timeout", isWithin(timeout), "1ms to 5m")
        .that("batch-size", batchSize >= 1 && batchSize <= 10_000, "1 to 10000")
        .that("connections", connections >= 1 && connections <= 64, "1 to 64")
        .done();
  }

  /** An OPA that the engine starts, with all defaults. */
  public static OpaConfig managed() {
    return new OpaConfig(null, null, null, Duration.ofSeconds(10), 256, 2);
  }

  /** What an HTTP header carries; the JDK quotes what it does not. */
  private static boolean isHeader(Secret token) {
    return !token.reveal().isEmpty() && token.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static boolean isWithin(Duration timeout) {
    return timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(MAX_TIMEOUT) <= 0;
  }
}
