package qoa.core.policies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Set;

/**
 * Builtins that policies may not call. Policies are untrusted input and have no access to the
 * network or the environment. Their verdicts depend on the reports alone, so that a replay gives
 * the same events.
 */
final class ForbiddenBuiltins {

  /** The schema builtins would fetch the {@code $ref} of a schema. */
  private static final Set<String> REACH_OUT =
      Set.of(
          "http.send",
          "net.lookup_ip_addr",
          "opa.runtime",
          "json.match_schema",
          "json.verify_schema");

  /** Builtins that give other results when the same reports are evaluated again. */
  private static final Set<String> VARY =
      Set.of(
          "time.now_ns",
          "rand.intn",
          "uuid.rfc4122",
          "io.jwt.decode_verify",
          "io.jwt.encode_sign",
          "io.jwt.encode_sign_raw");

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
        String name = builtins.next().path("name").asText();
        if (REACH_OUT.contains(name) || VARY.contains(name)) {
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
    if (REACH_OUT.contains(name)) {
      return name + " is not allowed: policies have no access to the network or the environment";
    }
    return VARY.contains(name)
        ? name
            + " is not allowed: a replay of the same reports would give other verdicts; for the"
            + " time, use input.window"
        : message;
  }
}
