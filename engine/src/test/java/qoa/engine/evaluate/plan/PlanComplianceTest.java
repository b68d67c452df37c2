package qoa.engine.evaluate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import qoa.engine.evaluate.plan.value.JsonValues;
import qoa.engine.evaluate.plan.value.RegoArray;
import qoa.engine.evaluate.plan.value.RegoObject;
import qoa.engine.evaluate.plan.value.RegoSet;
import qoa.engine.evaluate.plan.value.RegoValue;

/**
 * Runs OPA's own compliance cases, with the plans that OPA compiled. What the builtin profile does
 * not have is left out; what fails must be in {@code expected-failures.txt}, and what is in there
 * must fail, so that the list only shrinks.
 */
class PlanComplianceTest {
  private static final long NOW = 1_763_900_000_000_000_000L;

  private final Set<String> profile = Profile.builtins();
  private final Map<String, String> expected = expectedFailures();
  private final Set<String> expectedSeen = new HashSet<>();
  private final List<String> unexpected = new ArrayList<>();
  private final List<String> noLongerFailing = new ArrayList<>();
  private int passed;
  private int leftOut;

  @Test
  void passesWhatTheProfileHas() throws IOException, InterruptedException {
    Optional<Path> folder = ComplianceCases.folder();
    assumeTrue(
        folder.isPresent(),
        "no compliance cases: set " + ComplianceCases.FOLDER_PROPERTY + " to their folder");
    List<JsonNode> cases = ComplianceCases.read(folder.get());
    cases.forEach(this::run);
    System.out.printf(
        "OPA compliance: %d cases, %d passed, %d left out by the builtin profile, "
            + "%d expected failures, %d unexpected%n",
        cases.size(), passed, leftOut, expectedSeen.size(), unexpected.size());
    unexpected.forEach(System.out::println);
    assertThat(unexpected).isEmpty();
    assertThat(noLongerFailing).as("delete these from expected-failures.txt").isEmpty();
    assertThat(passed + leftOut + expectedSeen.size()).isEqualTo(cases.size());
  }

  private void run(JsonNode test) {
    for (JsonNode builtin : test.at("/plan/static/builtin_funcs")) {
      if (!profile.contains(builtin.path("name").asText())) {
        leftOut++;
        return;
      }
    }
    String note = test.path("note").asText();
    String problem = problemOf(test);
    if (problem == null) {
      passed++;
      if (expected.containsKey(note)) {
        noLongerFailing.add(note);
      }
    } else if (expected.containsKey(note)) {
      expectedSeen.add(note);
    } else {
      unexpected.add(note + ": " + problem);
    }
  }

  /** What is wrong with the result, or null if nothing is. */
  private static String problemOf(JsonNode test) {
    String wantedCode = test.path("want_error_code").asText("");
    try {
      RegoSet results = evaluate(test);
      if (!wantedCode.isEmpty()) {
        return "wanted " + wantedCode + ", got " + results;
      }
      boolean sort = test.path("sort_bindings").asBoolean();
      JsonNode wantedJson = test.path("want_plan_result");
      RegoSet wanted = resultSet(wantedJson.isArray() ? wantedJson : null, sort);
      RegoSet got = resultSet(JsonValues.toJson(results), sort);
      return wanted.equals(got) ? null : "wanted " + wanted + ", got " + got;
    } catch (PlanException e) {
      boolean wanted = wantedCode.isEmpty() ? test.has("want_error") : e.code().equals(wantedCode);
      return wanted ? null : "wanted " + wantedCode + ", got " + e;
    } catch (RuntimeException e) {
      e.printStackTrace();
      return "crashed: " + e;
    }
  }

  private static RegoSet evaluate(JsonNode test) {
    PreparedPlan plan = PreparedPlan.of(test.path("plan"));
    RegoValue input =
        test.has("input_term")
            ? TermParser.parse(test.path("input_term").asText())
            : JsonValues.fromJson(test.get("input"));
    RegoValue data = test.has("data") ? JsonValues.fromJson(test.get("data")) : RegoObject.empty();
    EvaluationOptions options = EvaluationOptions.at(NOW);
    if (test.path("strict_error").asBoolean()) {
      options = options.withStrictBuiltinErrors();
    }
    return plan.evaluate(test.at("/entrypoints/0").asText(), input, data, options);
  }

  /** The results as JSON has them, with the arrays that are a binding's value sorted if asked. */
  private static RegoSet resultSet(JsonNode json, boolean sortBindings) {
    List<RegoValue> results = new ArrayList<>();
    if (json != null) {
      for (JsonNode result : json) {
        RegoObject.Builder bindings = RegoObject.builder();
        for (RegoObject.Entry binding : (RegoObject) JsonValues.fromJson(result)) {
          boolean sorted = sortBindings && binding.value() instanceof RegoArray;
          bindings.put(
              binding.key(), sorted ? ((RegoArray) binding.value()).sorted() : binding.value());
        }
        results.add(bindings.build());
      }
    }
    return RegoSet.copyOf(results);
  }

  private static Map<String, String> expectedFailures() {
    try (InputStream in = PlanComplianceTest.class.getResourceAsStream("expected-failures.txt")) {
      Map<String, String> reasons = new TreeMap<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split(" => ", 2);
          assertThat(parts).as("a case and the reason: %s", line).hasSize(2);
          reasons.put(parts[0].strip(), parts[1].strip());
        }
      }
      assertThat(reasons).hasSizeLessThanOrEqualTo(10);
      return reasons;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
