package qoa.core.evaluate.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static qoa.core.evaluate.opa.Fixtures.evaluation;
import static qoa.core.evaluate.opa.Fixtures.revision;

import com.bisnode.opa.client.OpaClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.InputJson;
import qoa.core.evaluate.Revision;
import qoa.core.policies.PolicySet;
import qoa.core.settings.OpaConfig;

/** Revisions come and go as a whole on a real OPA that the engine manages. */
class RevisionPushIT {

  private static final String CALLER =
      "package p\n\nimport data.lib\n\nmet contains lib.name(%s) if own(1) == 1\n";

  private static ManagedOpa managed;
  private static OpaEvaluator evaluator;

  @BeforeAll
  static void start() throws Exception {
    managed = ManagedOpa.start(OpaForTests.find());
    OpaConfig config = new OpaConfig(null, null, null, Duration.ofSeconds(10), 64, 2);
    evaluator = OpaEvaluator.on(managed, config);
  }

  @AfterAll
  static void stop() {
    evaluator.close();
  }

  @Test
  void swapsRevisions_whoseFunctionsChangeTheirSignatures() throws Exception {
    prepare(
        "a/caller.rego", CALLER.formatted("1"),
        "b/own.rego", "package p\n\nown(x) := x\n",
        "z/lib.rego", "package lib\n\nname(x) := sprintf(\"one %v\", [x])\n");
    assertThat(judged("p")).isEqualTo("[met one 1]");
    prepare(
        "a/caller.rego", CALLER.formatted("1, 2"),
        "b/own.rego", "package p\n\nown(x) := x\n",
        "z/lib.rego", "package lib\n\nname(x, y) := sprintf(\"two %v %v\", [x, y])\n");
    assertThat(judged("p")).isEqualTo("[met two 1 2]");
    prepare("b/own.rego", "package p\n\nmet contains own if true\n\nown := \"a rule\"\n");
    assertThat(judged("p")).isEqualTo("[met a rule]");
    assertThat(ids())
        .containsExactlyInAnyOrder(
            ModuleIds.ANALYSIS, ModuleIds.DISPATCH, "qoa-engine/policies/b/own.rego", "authz.rego");
  }

  @Test
  void pushesModules_thatCallEachOther() throws Exception {
    prepare(
        "a.rego", "package p\n\nimport data.q\n\nf(x) := q.g(x)\n\nmet contains h(1)\n",
        "b.rego", "package q\n\nimport data.p\n\ng(x) := x + p.one\n",
        "c ä#?.rego", "package p\n\none := 1\n\nh(x) := sprintf(\"%v\", [f(x)])\n",
        "d.rego",
            """
        package p

        t[x][y] := 1 if some x, y in {}

        t.a.b := 2

        default k(_) := 1

        s contains 1

        m["x-y"] := k(t)
        """);
    assertThat(judged("p")).isEqualTo("[met 2]");
  }

  /**
   * @param all whether no module of the other revision can come alone
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void startsOver_whereverAnEarlierPushWasCut(boolean all) throws Exception {
    String[] one = {
      "a.rego", "package p\n\nimport data.q\n\nmet contains q.g(1)\n",
      "b.rego", "package q\n\ng(x) := h(x)\n",
      "c.rego", "package q\n\nh(x) := sprintf(\"one %v\", [x])\n"
    };
    String[] two = one.clone();
    two[5] = two[5].replace("one", "two");
    if (all) {
      two[1] = two[1].replace("g(1)", "g(1, 2)");
      two[3] = two[3].replace("g(x)", "g(x, _)");
    }
    boolean wasCut = true;
    for (int requests = 0; wasCut; requests++) {
      prepare(one);
      wasCut = isCut(revision(sources(two)), requests);
      prepare(two);
      assertThat(judged("p")).as("cut after %d requests", requests).isEqualTo("[met two 1]");
      assertThat(requests).as("it is never cut").isLessThan(100);
    }
  }

  @Test
  void sendsOnlyTheModule_thatIsAnotherOne() throws Exception {
    Map<String, String> modules = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      modules.put("m" + i + ".rego", "package m" + i + "\n\nmet contains \"old\"\n");
    }
    evaluator.prepare(revision(modules));
    modules.put("m7.rego", "package m7\n\nmet contains \"new\"\n");
    modules.remove("m8.rego");
    Revision next = revision(modules);
    // What is there, the dispatcher away, two modules, the analysis and its answer, contracts, the
    // dispatcher.
    assertThat(isCut(next, 8)).isFalse();
    evaluator.prepare(next);
    assertThat(judged("m7")).isEqualTo("[met new]");
    assertThat(ids()).hasSize(19 + 3).doesNotContain("qoa-engine/policies/m8.rego");
  }

  private static boolean isCut(Revision revision, int requests) throws Exception {
    OpaConnection opa =
        new OpaConnection(managed.await(), managed.token(), new CutHttpClient(requests));
    try {
      new RevisionPush(opa).push(revision);
      return false;
    } catch (OpaClientException e) {
      return true;
    }
  }

  @Test
  void restoresThePreviousRevision_whereOnlyTheWholeDoesNotCompile() throws Exception {
    prepare("a.rego", "package p\n\nmet contains \"old\"\n");
    assertThatThrownBy(
            () ->
                prepare(
                    "a.rego", "package p\n\nimport data.q\n\nf(x) := q.g(x)\n",
                    "b.rego", "package q\n\nimport data.p\n\ng(x) := p.f(x)\n"))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("recursive");
    assertThat(judged("p")).isEqualTo("[met old]");
  }

  @Test
  void tellsTypeErrors_thatStubsWouldHide() throws Exception {
    prepare("a.rego", "package p\n\nmet contains \"old\"\n");
    assertThatThrownBy(
            () ->
                prepare(
                    "a.rego", "package p\n\nmet contains \"x\" if upper(number) == \"1\"\n",
                    "b.rego", "package p\n\nnumber := 1\n"))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("a.rego:3: ");
    assertThat(judged("p")).isEqualTo("[met old]");
  }

  @Test
  void sendsOnly_whatAPolicyCanSee() throws Exception {
    OpaConnection opa = new OpaConnection(managed.await(), managed.token(), Transport.client(null));
    Analysis analysis =
        Analysis.of(
            opa,
            revision(
                    Map.of(
                        "a.rego", "package a\n\nimport data.b as other\n\nmet contains other.x\n",
                        "b.rego", "package b\n\nx := input.stages.gateway\n",
                        "c.rego", "package c\n\nmet contains x if some x in input[\"report\"]\n",
                        "d.rego", "package d\n\nimport input as whole\n\nmet contains whole.x\n",
                        "e.rego", "package e\n\nmet contains data[input.metrics].x\n"))
                .policies());
    assertThat(analysis.visible())
        .isEqualTo(
            Fixtures.json(
                "{\"a\": [\"stages\"], \"b\": [\"stages\"], \"c\": [\"report\"], \"d\": [\"*\"],"
                    + " \"e\": [\"*\", \"metrics\", \"report\", \"stages\"]}"));
    assertThat(analysis.inputJson("unknown")).isInstanceOf(InputJson.class);
  }

  @Test
  void judgesWithTheProjectsOwnPolicy() throws Exception {
    Contract contract =
        Fixtures.contract("od", "qoa.contract", Fixtures.json(RecordedBatches.CONTRACT));
    Revision revision =
        Revision.of(new PolicySet(RecordedBatches.policies()), new ContractSet(List.of(contract)));
    evaluator.prepare(revision);
    List<Evaluation> batch = RecordedBatches.batch(contract, 100);
    assertThat(evaluator.evaluate(batch))
        .allSatisfy(o -> assertThat(Fixtures.shown(o)).contains("gateway-latency", "reliability"));
  }

  private static void prepare(String... pathsAndSources) throws Exception {
    evaluator.prepare(revision(sources(pathsAndSources)));
  }

  private static Map<String, String> sources(String... pathsAndSources) {
    Map<String, String> sources = new TreeMap<>();
    for (int i = 0; i < pathsAndSources.length; i += 2) {
      sources.put(pathsAndSources[i], pathsAndSources[i + 1]);
    }
    return sources;
  }

  private static String judged(String policy) throws Exception {
    return Fixtures.shown(evaluator.evaluate(List.of(evaluation(policy, 1))).get(0));
  }

  private static List<String> ids() throws Exception {
    OpaConnection opa = new OpaConnection(managed.await(), managed.token(), Transport.client(null));
    List<String> ids = new ArrayList<>();
    opa.modules().forEach(m -> ids.add(m.id().replaceFirst(".*/authz.rego", "authz.rego")));
    return ids;
  }
}
