package qoa.core.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ForbiddenBuiltinsIT {

  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void without_leavesNoneThatOpaCallsNondeterministic() throws Exception {
    String capabilities = capabilities();
    JsonNode left = JSON.readTree(ForbiddenBuiltins.without(capabilities)).path("builtins");
    assertThat(left)
        .hasSizeGreaterThan(150)
        .noneMatch(one -> one.path("nondeterministic").asBoolean());

    assertThat(JSON.readTree(capabilities).path("builtins"))
        .filteredOn(one -> one.path("nondeterministic").asBoolean())
        .hasSizeGreaterThan(5)
        .allSatisfy(
            one ->
                assertThat(
                        ForbiddenBuiltins.explain(
                            "undefined function " + one.path("name").asText()))
                    .contains("is not allowed"));
  }

  private static String capabilities() throws Exception {
    Process opa =
        new ProcessBuilder(OpaBinary.locate().path().toString(), "capabilities", "--current")
            .start();
    return new String(opa.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
