package qoa.core.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import qoa.core.documents.ProblemsException;

/**
 * A folder of contracts.
 *
 * @param path the path of the folder
 */
record ContractFolder(Path path) {

  /** A whole contract whose lines tests change. Messages refer to its line numbers. */
  static final String CONTRACT =
      """
      id: first
      version: 1.2.0
      application: shop
      evaluate: {window: 10s, grace: 2s}
      stakeholders:
        - {id: seller, roles: [ml_provider]}
        - {id: buyer, roles: ml_consumer}
      quality:
        service:
          - name: latency
            stage: gateway
            provider: seller
            consumers: [buyer]
            severity: major
            min_count: 5
            constraint_list:
              - metrics: {metric_name: response_time, unit: s}
                condition: {operator: less_equal, value: 0.1}
                aggregate_function: P95
      """;

  /** The contract with one part replaced. */
  static String changed(String part, String other) {
    assertThat(CONTRACT).contains(part);
    return CONTRACT.replace(part, other);
  }

  void write(String name, String content) throws IOException {
    Path file = path.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** The problems, without the folder. */
  List<String> problems() {
    return catchThrowableOfType(ProblemsException.class, () -> ContractLoader.load(path))
        .problems()
        .stream()
        .map(problem -> problem.toString().substring(path.toString().length()))
        .map(problem -> problem.replaceFirst("^[/: ]+", ""))
        .toList();
  }
}
