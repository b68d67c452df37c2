package qoa.rego;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import qoa.rego.builtins.Builtins;

class ProfileTest {
  /** What the compiler replaces, so that no plan calls it. */
  private static final Set<String> COMPILED_AWAY =
      Set.of("assign", "eq", "print", "rego.metadata.chain", "rego.metadata.rule");

  @Test
  void everyBuiltinOfTheProfile_isThere_andNoOther() {
    Set<String> wanted = new TreeSet<>(Profile.builtins());
    wanted.removeAll(COMPILED_AWAY);
    assertThat(new TreeSet<>(Builtins.names())).isEqualTo(wanted);
  }

  @Test
  void everyBuiltin_takesAsManyArgumentsAsItsDeclaration() throws IOException {
    try (InputStream in = Profile.capabilities()) {
      for (JsonNode builtin : new JsonMapper().readTree(in).path("builtins")) {
        String name = builtin.path("name").asText();
        if (!COMPILED_AWAY.contains(name)) {
          assertThat(Builtins.find(name).arity())
              .as(name)
              .isEqualTo(builtin.at("/decl/args").size());
        }
      }
    }
  }

  @Test
  void profile_leavesOutNetworkEnvironmentAndKeys() {
    assertThat(Profile.builtins())
        .doesNotContain("http.send", "opa.runtime", "net.lookup_ip_addr", "rego.parse_module")
        .noneMatch(name -> name.startsWith("io.jwt.") || name.startsWith("crypto.x509."))
        .contains("sprintf", "count", "time.now_ns");
  }
}
