package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import qoa.testing.ChildJvm;
import qoa.testing.ChildJvm.Result;

/** Shared by tests of commands. */
final class Commands {

  static final String DETECTION = "testdata/reports/object-detection-ml.ndjson";

  /** A contract of one constraint on the detection service's gateway. */
  static final String CONTRACT =
      """
      id: tiny
      version: 1.0.0
      application: object_detection_teaching
      evaluate: {window: 10s, grace: 2s}
      stakeholders: [{id: edge1, roles: [ml_infrastructure]}]
      quality:
        service:
          - name: latency
            stage: gateway
            provider: edge1
            constraint_list:
              - metrics: {metric_name: response_time}
                condition: {operator: %s, value: %s}
                aggregate_function: %s
      """;

  private Commands() {}

  /** Checks exit code 1 and the message, and that there is no stack trace. */
  static Result assertRefused(String what, String... command) throws Exception {
    Result result = ChildJvm.run(command);
    assertNoStackTrace(result);
    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.out() + result.err()).contains(what);
    return result;
  }

  static void assertNoStackTrace(Result result) {
    assertThat(result.out() + result.err()).doesNotContain("\tat ", "Exception");
  }

  /** A folder of one contract, below another. */
  static Path contracts(Path folder, String contract) throws IOException {
    Path contracts = Files.createDirectories(folder.resolve("contracts"));
    Files.writeString(contracts.resolve("tiny.yaml"), contract);
    return contracts;
  }
}
