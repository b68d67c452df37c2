package qoa.core.policies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;

/** Policies are untrusted input: they judge what they are given, and reach nothing else. */
final class ForbiddenBuiltins {

  /** The schema builtins are among them because they fetch what a schema's {@code $ref} names. */
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
   * What is left of OPA's capabilities, as {@code opa check --capabilities} reads them.
   *
   * @param capabilities what {@code opa capabilities --current} prints
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
      throw new IllegalArgumentException("not the capabilities of an OPA", e);
    }
  }

  /** OPA only says that it does not know the function; we say why. */
  static String explain(String message) {
    String name = message.startsWith(UNDEFINED) ? message.substring(UNDEFINED.length()) : "";
    return NAMES.contains(name)
        ? name + " may not be used: policies may not reach the network or the environment"
        : message;
  }
}
