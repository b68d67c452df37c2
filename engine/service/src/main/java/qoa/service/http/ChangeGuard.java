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
 * Tells which requests may change something: those from this machine, to one of our names, with a
 * header that browsers let a page send to another site only with that site's leave, which is never
 * given here. So neither a page of another site nor one whose name was pointed at this machine (DNS
 * rebinding) gets through.
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

  /** Why a request may change nothing, and what to do; empty where it may. */
  Optional<String> refusal(Request request) {
    String host = request.getHttpURI().getHost();
    if (!(request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress from)
        || !from.getAddress().isLoopbackAddress()) {
      return Optional.of("only from the machine that the engine runs on");
    }
    if (host == null || !hosts.contains(plain(host))) {
      return Optional.of(
          "the host "
              + host
              + " is not this engine's; use localhost, or add it to http.allowed-hosts");
    }
    if (!request.getHeaders().contains(HEADER)) {
      return Optional.of(
          "send the header "
              + HEADER
              + ", which keeps web pages out: curl -X POST -H '"
              + HEADER
              + ": curl' …");
    }
    return isCrossSite(request) ? Optional.of("not from a page of another site") : Optional.empty();
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
