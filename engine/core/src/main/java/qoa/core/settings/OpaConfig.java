package qoa.core.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The OPA server that evaluates policies.
 *
 * @param url an OPA server that the operator runs; null if the engine starts and supervises one
 * @param token bearer token; null for none
 * @param caFile PEM file of certificate authorities to trust; null for those of the JVM
 * @param timeout time limit of one query
 * @param batchSize largest number of evaluations in one query
 * @param connections number of queries at a time
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
        .that("token", token == null || url != null, "opa.url too: a managed OPA needs no token")
        .that("token", token == null || isHeader(token), "visible ASCII characters in one line")
        .that(
            "ca-file",
            caFile == null || scheme.equals("https"),
            "an opa.url that starts with https://")
        .that("timeout", isWithin(timeout), "1ms to 5m")
        .that("batch-size", batchSize >= 1 && batchSize <= 10_000, "1 to 10000")
        .that("connections", connections >= 1 && connections <= 64, "1 to 64")
        .done();
  }

  /** An OPA server that the engine starts, with the default settings. */
  public static OpaConfig managed() {
    return new OpaConfig(null, null, null, Duration.ofSeconds(10), 256, 2);
  }

  /** Whether an HTTP header can carry the token. The JDK quotes one that it refuses. */
  private static boolean isHeader(Secret token) {
    return !token.reveal().isEmpty() && token.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static boolean isWithin(Duration timeout) {
    return timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(MAX_TIMEOUT) <= 0;
  }
}
