package qoa.service.http;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import qoa.service.config.HttpConfig;

/**
 * Decides which requests may change something. Such a request must come from this machine, name one
 * of the allowed hosts, and have a header that browsers send to another site only after a CORS
 * preflight, which this server never grants. This keeps out pages of other sites, also those whose
 * name resolves to this machine (DNS rebinding).
 */
final class ChangeGuard {

  static final String HEADER = "X-Requested-With";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
  private static final Set<String> NOT_CROSS_SITE = Set.of("same-origin", "none");

  private final Set<String> hosts = new HashSet<>(LOOPBACK);

  ChangeGuard(HttpConfig config) {
    hosts.add(plain(config.host()));
    config.allowedHosts().forEach(host -> hosts.add(plain(host)));
  }

  /** Why a request is refused, and what to do; empty if it is allowed. */
  Optional<String> refusal(Request request) {
    String host = request.getHttpURI().getHost();
    if (!(request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress from)
        || !from.getAddress().isLoopbackAddress()) {
      return Optional.of(
          "not allowed from another machine; send the request from the machine of the engine");
    }
    if (host == null || !hosts.contains(plain(host))) {
      return Optional.of(
          "the host " + host + " is not allowed; use localhost, or add it to http.allowed-hosts");
    }
    if (!request.getHeaders().contains(HEADER)) {
      return Optional.of(
          "the header "
              + HEADER
              + ", which keeps web pages out, is missing; send it: curl -X POST -H '"
              + HEADER
              + ": curl' …");
    }
    return isCrossSite(request)
        ? Optional.of("not allowed from a web page of another site")
        : Optional.empty();
  }

  private static boolean isCrossSite(Request request) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    String site = request.getHeaders().get("Sec-Fetch-Site");
    return (origin != null && !isOf(origin, request.getHttpURI().getAuthority()))
        || (site != null && !NOT_CROSS_SITE.contains(site));
  }

  private static boolean isOf(String origin, String authority) {
    try {
      return authority.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String plain(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }
}
