package qoa.service.config;

import java.util.List;
import qoa.core.settings.Checks;

/**
 * Where metrics and health are served.
 *
 * @param host the address to listen on
 * @param port 0 to 65535; 0 for any free port
 * @param allowedHosts host names without ports that {@code POST /reload} accepts, besides {@code
 *     localhost}, {@code 127.0.0.1}, {@code ::1} and {@code host}
 */
public record HttpConfig(String host, int port, List<String> allowedHosts) {

  public HttpConfig {
    allowedHosts = List.copyOf(allowedHosts);
    new Checks()
        .that("host", !host.isBlank(), "an address to listen on, such as 127.0.0.1 or 0.0.0.0")
        .that("port", port >= 0 && port <= 65_535, "0 to 65535")
        .that(
            "allowed-hosts",
            allowedHosts.stream().noneMatch(name -> name.isBlank() || name.contains("/")),
            "host names, without http:// and port")
        .done();
  }

  /** Without further host names. */
  public HttpConfig(String host, int port) {
    this(host, port, List.of());
  }

  /** Port 9464 on loopback. */
  public static HttpConfig defaults() {
    return new HttpConfig("127.0.0.1", 9464);
  }
}
