package qoa.core.evaluate.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static qoa.core.evaluate.opa.Fixtures.evaluation;
import static qoa.core.evaluate.opa.Fixtures.revision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.Revision;
import qoa.core.settings.OpaConfig;

/** Against a real OPA that the engine manages. */
class OpaEvaluatorIT {

  private static final Duration TIMEOUT = Duration.ofMillis(700);

  private static final String LATENCY =
      """
      package latency

      violation contains sprintf("%v over %v", [v, limit]) if {
      	v := input.metrics.m.mean
      	limit := data.contracts[input.contract].limit
      	v > limit
      }

      met contains "fast enough" if count(violation) == 0
      """;

  private static final String CONFLICT =
      """
      package conflict

      score := 1

      score := 2 if input.report.value == 7

      violation contains sprintf("score %v for %v", [score, input.report.value])
      """;

  private static final String NOTHING = "package nothing\n\nother := 1\n";

  private static final String OLD_ARRAY =
      "package old.array\n\nviolation := [\"one\", \"two\"] if input.reports == 1\n";

  private static final String OLD_BOOLEAN = "package old.boolean\n\nviolation := true\n";

  /** Takes exponential time for the value 99, and next to none for others. */
  private static final String SLOW =
      """
      package slow

      violation contains "done" if input.metrics.m.max != 99

      violation contains "never" if {
      	input.metrics.m.max == 99
      	r := numbers.range(1, 400)
      	some a in r
      	some b in r
      	some c in r
      	some d in r
      	a * b * c * d < 0
      }
      """;

  private static final Map<String, String> POLICIES =
      Map.of(
          "latency.rego", LATENCY,
          "conflict.rego", CONFLICT,
          "nothing.rego", NOTHING,
          "old/array.rego", OLD_ARRAY,
          "old/boolean.rego", OLD_BOOLEAN,
          "slow.rego", SLOW);

  private static ManagedOpa managed;
  private static OpaEvaluator evaluator;

  @BeforeAll
  static void start() throws Exception {
    managed = ManagedOpa.start(OpaForTests.find());
    evaluator = OpaEvaluator.on(managed, new OpaConfig(null, null, null, TIMEOUT, 64, 2));
    evaluator.prepare(revision(POLICIES));
  }

  @AfterAll
  static void stop() {
    evaluator.close();
  }

  @Test
  void givesOutcomesByIndex_whateverTheMixOfPackages() throws Exception {
    List<Evaluation> batch = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      switch (i % 3) {
        case 0 -> {
          batch.add(evaluation("latency", 1 + i));
          expected.add("[violated " + (1 + i) + " over 0.1]");
        }
        case 1 -> {
          batch.add(evaluation("conflict", i + 0.5));
          expected.add("[violated score 1 for " + (i + 0.5) + "]");
        }
        default -> {
          batch.add(evaluation("nothing", i));
          expected.add("Undefined[]");
        }
      }
    }
    assertThat(shown(batch)).isEqualTo(expected);
  }

  @Test
  void tellsDefinedButEmpty_fromUndefined() throws Exception {
    assertThat(shown(List.of(evaluation("latency", 0.05), evaluation("nothing", 0.05))))
        .containsExactly("[met fast enough]", "Undefined[]");
  }

  @Test
  void keepsNeighboursOfFailingInputs() throws Exception {
    List<Evaluation> batch = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      batch.add(evaluation("conflict", i == 33 || i == 34 || i == 99 ? 7 : i + 0.5));
    }
    List<String> outcomes = shown(batch);
    for (int i = 0; i < 100; i++) {
      assertThat(outcomes.get(i))
          .isEqualTo(
              i == 33 || i == 34 || i == 99
                  ? "Failed[reason=conflict.rego:5: complete rules must not produce multiple outputs]"
                  : "[violated score 1 for " + (i + 0.5) + "]");
    }
  }

  @Test
  void understandsOldRules_andSaysWhichItDoesNot() throws Exception {
    assertThat(shown(List.of(evaluation("old.array", 1), evaluation("old.boolean", 1))))
        .containsExactly(
            "[violated one,violated two]",
            "Failed[reason=old.boolean.violation is a boolean; expected a set of members: true]");
  }

  @Test
  void fails_whereNoPolicyHasThePackage() throws Exception {
    assertThat(shown(List.of(evaluation("missing", 1))))
        .containsExactly("Failed[reason=no policy has the package missing]");
  }

  @Test
  void failsOnlyTheInput_thatTimesOut() throws Exception {
    List<Evaluation> batch = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      batch.add(evaluation("slow", i == 50 ? 99 : 1));
    }
    List<String> outcomes = shown(batch);
    assertThat(outcomes.remove(50)).isEqualTo("Failed[reason=timed out after 700 ms]");
    assertThat(outcomes).containsOnly("[violated done]");
  }

  @Test
  void boundsTheEffort_forAPackageThatKeepsTimingOut() throws Exception {
    List<Evaluation> batch = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      batch.add(evaluation("slow", 99));
    }
    batch.add(evaluation("latency", 1));
    long start = System.nanoTime();
    List<String> outcomes = shown(batch);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(9));
    assertThat(outcomes.remove(128)).isEqualTo("[violated 1 over 0.1]");
    assertThat(outcomes)
        .containsOnly(
            "Failed[reason=timed out after 700 ms]",
            "Failed[reason=not evaluated: 3 inputs of this batch timed out]");
  }

  @Test
  void evaluatesNothing_forAnEmptyBatch() throws Exception {
    assertThat(evaluator.evaluate(List.of())).isEmpty();
  }

  @Test
  void evaluatesSomeOfEachPackageInOrder_whenTheTimeIsOver_andTheRestWhenAskedAgain()
      throws Exception {
    List<Evaluation> batch = batch(1000);
    List<Evaluation> left = new ArrayList<>(batch);
    IdentityHashMap<Evaluation, String> found = new IdentityHashMap<>();
    int calls = 0;
    for (; !left.isEmpty(); calls++) {
      List<Outcome> outcomes = evaluator.evaluate(left, 0);
      Set<String> unfinished = new HashSet<>();
      for (int i = 0; i < left.size(); i++) {
        if (outcomes.get(i) == null) {
          unfinished.add(left.get(i).contract().policy());
        } else {
          assertThat(unfinished).doesNotContain(left.get(i).contract().policy());
          found.put(left.get(i), Fixtures.shown(outcomes.get(i)));
        }
      }
      assertThat(left.removeIf(found::containsKey)).as("some is done in each call").isTrue();
    }
    assertThat(calls).isGreaterThan(3);
    assertThat(batch.stream().map(found::get).toList()).isEqualTo(shown(batch));
  }

  @Test
  void losesNothing_whenOpaIsKilledBetweenBatches() throws Exception {
    List<Evaluation> batch = batch(300);
    List<String> before = shown(batch);
    for (int i = 0; i < 3; i++) {
      ProcessHandle.of(managed.pid()).orElseThrow().destroyForcibly();
      assertThat(shown(batch)).isEqualTo(before);
    }
  }

  @Test
  void losesNothing_whenOpaIsKilledDuringBatches() throws Exception {
    List<Evaluation> batch = batch(3000);
    List<String> before = shown(batch);
    long pid = managed.pid();
    Thread killer =
        new Thread(
            () -> ProcessHandle.of(managed.pid()).ifPresent(ProcessHandle::destroyForcibly),
            "killer");
    for (int i = 0; managed.pid() == pid; i++) {
      assertThat(i).as("batches that ended before the kill").isLessThan(100);
      if (i == 0) {
        killer.start();
      }
      assertThat(shown(batch)).isEqualTo(before);
    }
    killer.join();
  }

  @Test
  void saysWhereAPolicyIsWrong_andKeepsThePreviousRevision() throws Exception {
    Map<String, String> broken = new TreeMap<>(POLICIES);
    broken.put("latency.rego", LATENCY + "\nmet contains x if undefined_function(x)\n");
    broken.put("other.rego", "package other\n\nimport data.latency\n\nx := nowhere\n");
    assertThatThrownBy(() -> evaluator.prepare(revision(broken)))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("latency.rego:11: ")
        .hasMessageContaining("undefined_function")
        .hasMessageContaining("other.rego:5: ")
        .hasMessageContaining("nowhere");
    assertThat(shown(List.of(evaluation("latency", 2)))).containsExactly("[violated 2 over 0.1]");

    Map<String, String> unparsed = new TreeMap<>(POLICIES);
    unparsed.put("latency.rego", "package latency\n\nviolation contains {\n");
    assertThatThrownBy(() -> evaluator.prepare(revision(unparsed)))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("latency.rego:4: ");
    assertThat(shown(List.of(evaluation("latency", 2)))).containsExactly("[violated 2 over 0.1]");
  }

  @Test
  void refusesPackages_thatAreNotForPolicies() {
    Revision revision = revision(Map.of("door.rego", "package system.authz\n\nallow := true\n"));
    assertThatThrownBy(() -> evaluator.prepare(revision))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("door.rego: package system.authz is not for policies");
  }

  @Test
  void isUnavailable_afterClose() throws Exception {
    OpaEvaluator closed = OpaEvaluator.create(OpaConfig.managed(), OpaForTests.find());
    closed.close();
    assertThatThrownBy(() -> closed.prepare(revision(POLICIES)))
        .isInstanceOf(EvaluatorUnavailableException.class);
  }

  private static List<Evaluation> batch(int size) {
    List<Evaluation> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(evaluation(i % 2 == 0 ? "latency" : "conflict", i == 8 ? 7 : i + 0.5));
    }
    return batch;
  }

  private static List<String> shown(List<Evaluation> batch) throws Exception {
    List<Outcome> outcomes = evaluator.evaluate(batch);
    return new ArrayList<>(outcomes.stream().map(Fixtures::shown).toList());
  }
}
