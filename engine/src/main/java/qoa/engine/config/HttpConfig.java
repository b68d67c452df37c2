package qoa.engine.config;

/**
 * Where metrics and health are served.
 *
 * @param host the address to listen on
 * @param port 0 for one that is free
 */
public record HttpConfig(String host, int port) {

  public HttpConfig {
    new Checks()
        .that("host", !host.isBlank(), "an address to listen on, such as 127.0.0.1 or 0.0.0.0")
        .that("port", port >= 0 && port <= 65_535, "0 to 65535")
        .done();
  }

  /** Loopback only. */
  public static HttpConfig defaults() {
    return new HttpConfig("127.0.0.1", 9464);
  }
}
