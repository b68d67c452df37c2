package qoa.core.policies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;

/**
 * Builtins that policies may not call. Policies are untrusted input and have no access to the
 * network or the environment.
 */
final class ForbiddenBuiltins {

  /** The schema builtins would fetch the {@code $ref} of a schema. */
  static final Set<String> NAMES =
      Set.of(
          "http.send",
          "net.lookup_ip_addr",
          "opa.runtime",
          "json.match_schema",
          "json.verify_schema");

  private static final String UNDEFINED = "undefined function ";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ForbiddenBuiltins() {}

  /**
   * OPA's capabilities without these builtins, for {@code opa check --capabilities}.
   *
   * @param capabilities the output of {@code opa capabilities --current}
   */
  static String without(String capabilities) {
    try {
      ObjectNode left = (ObjectNode) MAPPER.readTree(capabilities);
      Iterator<JsonNode> builtins = left.path("builtins").iterator();
      while (builtins.hasNext()) {
        if (NAMES.contains(builtins.next().path("name").asText())) {
          builtins.remove();
        }
      }
      left.putArray("allow_net");
      return left.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the capabilities of OPA", e);
    }
  }

  /** Replaces OPA's message about an undefined function by the reason. */
  static String explain(String message) {
    String name = message.startsWith(UNDEFINED) ? message.substring(UNDEFINED.length()) : "";
    return NAMES.contains(name)
        ? name + " is not allowed: policies have no access to the network or the environment"
        : message;
  }
}
