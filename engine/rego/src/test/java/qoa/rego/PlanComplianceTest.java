package qoa.rego;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * OPA's own compliance cases, with the plans that OPA compiled. What the builtin profile does not
 * have is left out; what fails must be in {@code expected-failures.txt}.
 */
class PlanComplianceTest {

  @Test
  void passesWhatTheProfileHas() throws IOException, InterruptedException {
    Optional<Path> folder = ComplianceCases.folder();
    assumeTrue(
        folder.isPresent(),
        "no compliance cases: set " + ComplianceCases.FOLDER_PROPERTY + " to their folder");
    List<JsonNode> cases = ComplianceCases.read(folder.get());
    ComplianceCheck check = new ComplianceCheck("expected-failures.txt");
    for (JsonNode test : cases) {
      check.run(
          test,
          test.path("plan"),
          test.at("/entrypoints/0").asText(),
          test.path("want_plan_result"),
          Function.identity());
    }
    check.conclude("OPA compliance", cases.size());
  }
}
