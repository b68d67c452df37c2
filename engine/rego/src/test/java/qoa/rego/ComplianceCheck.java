package qoa.rego;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import qoa.rego.value.JsonValues;
import qoa.rego.value.RegoArray;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/**
 * Runs cases of OPA's with the plans that OPA made of them, and counts. What needs builtins or
 * keywords that are not in the profile is left out. What fails must be on a list, and what is on
 * the list must fail, so that the list only shrinks.
 */
public final class ComplianceCheck {

  private static final long NOW = 1_763_900_000_000_000_000L;

  private final Set<String> profile = Profile.builtins();
  private final Map<String, String> expected;
  private final Set<String> expectedSeen = new TreeSet<>();
  private final List<String> unexpected = new ArrayList<>();
  private final List<String> noLongerFailing = new ArrayList<>();
  private int passed;
  private int leftOut;

  /**
   * @param list a resource of {@code NOTE => REASON} lines
   */
  public ComplianceCheck(String list) {
    expected = expectedFailures(list);
  }

  /**
   * Runs a case.
   *
   * @param test {@code note}, {@code input} or {@code input_term}, {@code data}, what is wanted
   * @param wanted its answers, an object of bindings each; not an array where it wants none
   * @param answers takes the answers from what the plan gives
   */
  public void run(
      JsonNode test,
      JsonNode plan,
      String entrypoint,
      JsonNode wanted,
      Function<RegoSet, ? extends RegoValue> answers) {
    for (JsonNode builtin : plan.at("/static/builtin_funcs")) {
      if (!profile.contains(builtin.path("name").asText())) {
        leftOut++;
        return;
      }
    }
    String note = test.path("note").asText();
    String problem = problem(test, plan, entrypoint, wanted, answers);
    if (problem == null) {
      passed++;
      if (expected.containsKey(note)) {
        noLongerFailing.add(note);
      }
    } else {
      fail(note, problem);
    }
  }

  /** Takes a case that OPA makes no plan of. */
  public void notCompiled(JsonNode test) {
    if (test.path("experimental_keywords").asBoolean()) {
      leftOut++;
    } else {
      fail(test.path("note").asText(), "OPA does not compile it");
    }
  }

  private void fail(String note, String problem) {
    if (expected.containsKey(note)) {
      expectedSeen.add(note);
    } else {
      unexpected.add(note + ": " + problem);
    }
  }

  /**
   * Prints the numbers, and asserts them.
   *
   * @param name of the suite
   * @param cases how many were given to {@link #run}
   */
  public void conclude(String name, int cases) {
    System.out.printf(
        "%s: %d cases, %d passed, %d left out by the profile, "
            + "%d expected failures, %d unexpected%n",
        name, cases, passed, leftOut, expectedSeen.size(), unexpected.size());
    unexpected.forEach(System.out::println);
    assertThat(unexpected).isEmpty();
    assertThat(noLongerFailing).as("delete these from the list of expected failures").isEmpty();
    assertThat(passed + leftOut + expectedSeen.size()).isEqualTo(cases);
  }

  /** What is wrong with the result, or null if nothing is. */
  private static String problem(
      JsonNode test,
      JsonNode plan,
      String entrypoint,
      JsonNode wantedJson,
      Function<RegoSet, ? extends RegoValue> answers) {
    String wantedCode = test.path("want_error_code").asText("");
    try {
      RegoValue results = answers.apply(evaluate(test, plan, entrypoint));
      if (!wantedCode.isEmpty()) {
        return "wanted " + wantedCode + ", got " + results;
      }
      boolean sort = test.path("sort_bindings").asBoolean();
      RegoSet wanted = resultSet(wantedJson, sort);
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

  private static RegoSet evaluate(JsonNode test, JsonNode plan, String entrypoint) {
    RegoValue input =
        test.has("input_term")
            ? TermParser.parse(test.path("input_term").asText())
            : JsonValues.fromJson(test.get("input"));
    RegoValue data = test.has("data") ? JsonValues.fromJson(test.get("data")) : RegoObject.empty();
    EvaluationOptions options = EvaluationOptions.at(NOW);
    if (test.path("strict_error").asBoolean()) {
      options = options.withStrictBuiltinErrors();
    }
    return PreparedPlan.of(plan).evaluate(entrypoint, input, data, options);
  }

  /** The results as JSON has them, with the arrays that are a binding's value sorted if asked. */
  private static RegoSet resultSet(JsonNode json, boolean sortBindings) {
    List<RegoValue> results = new ArrayList<>();
    for (JsonNode result : json) {
      RegoObject.Builder bindings = RegoObject.builder();
      for (RegoObject.Entry binding : (RegoObject) JsonValues.fromJson(result)) {
        boolean sorted = sortBindings && binding.value() instanceof RegoArray;
        bindings.put(
            binding.key(), sorted ? ((RegoArray) binding.value()).sorted() : binding.value());
      }
      results.add(bindings.build());
    }
    return RegoSet.copyOf(results);
  }

  private static Map<String, String> expectedFailures(String list) {
    try (InputStream in = ComplianceCheck.class.getResourceAsStream(list)) {
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
      throw new UncheckedIOException(e);
    }
  }
}
