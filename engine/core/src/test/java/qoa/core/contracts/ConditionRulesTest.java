package qoa.core.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.documents.Document;
import qoa.core.documents.DocumentReader;
import qoa.core.documents.Problem;
import qoa.core.policies.OpaBinary;

class ConditionRulesTest {

  private static final List<String> OPERATORS =
      List.of("range", "less_equal", "less_than", "greater_equal", "greater_than", "equal");
  private static final List<String> ENDS =
      List.of("0", "1", "1.0", "0.1", "-1", "true", "false", "null", "\"1\"", "[1]", "{}");

  @TempDir private Path folder;

  /** A condition passes the check if and only if the policy can judge it. */
  @Test
  void allowsWhatTheOperatorsCanJudge_andNothingElse() throws Exception {
    List<String> constraints = new ArrayList<>();
    for (String operator : OPERATORS) {
      for (String value : values()) {
        constraints.add(constraint("P95", "0.5", operator, value));
        constraints.add(constraint("OR", "true", operator, value));
        constraints.add(constraint("AND", "false", operator, value));
      }
    }
    Document source = DocumentReader.parse(constraints.toString(), "c.json");

    Set<Integer> judged = judged(source.root());
    ProblemList problems = new ProblemList(source);
    IntStream.range(0, constraints.size()).forEach(i -> ConditionRules.check(problems, "/" + i));
    Set<Integer> allowed =
        IntStream.range(0, constraints.size()).boxed().collect(Collectors.toSet());
    allowed.removeAll(problems.problems().stream().map(ConditionRulesTest::index).toList());

    assertThat(named(allowed, constraints)).isEqualTo(named(judged, constraints));
    assertThat(judged).hasSizeBetween(100, constraints.size() - 100);
  }

  private static List<String> values() {
    List<String> values = new ArrayList<>(ENDS);
    for (String min : ENDS) {
      values.add("{\"min\": %s}".formatted(min));
      for (String max : ENDS) {
        values.add("{\"min\": %s, \"max\": %s}".formatted(min, max));
      }
    }
    return values;
  }

  private static String constraint(
      String aggregate, String observed, String operator, String value) {
    return """
    {"aggregate_function": "%s", "observed": %s, "condition": {"operator": "%s", "value": %s}}
    """
        .formatted(aggregate, observed, operator, value);
  }

  /** The conditions for which the policy returns true or false. */
  private Set<Integer> judged(JsonNode constraints) throws Exception {
    Path input = Files.writeString(folder.resolve("input.json"), constraints.toString());
    String query =
        "{i | some i, c in input; is_boolean(data.qoa.operators.holds(c.condition.operator,"
            + " c.observed, c.condition.value))}";
    OpaBinary.Result result =
        OpaBinary.locate()
            .run(
                folder,
                Duration.ofSeconds(30),
                "eval",
                "--format",
                "raw",
                "--data",
                Path.of("..", "..", "policies", "qoa", "operators").toAbsolutePath().toString(),
                "--input",
                input.toString(),
                query);
    assertThat(result.exitCode()).as("%s", result).isZero();
    return Set.of(new ObjectMapper().readValue(result.output(), Integer[].class));
  }

  private static int index(Problem problem) {
    return Integer.parseInt(problem.pointer().replaceAll("\\D", ""));
  }

  private static List<String> named(Set<Integer> indexes, List<String> constraints) {
    return indexes.stream().sorted().map(constraints::get).toList();
  }
}
