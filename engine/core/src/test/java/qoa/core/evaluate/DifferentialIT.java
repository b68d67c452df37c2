package qoa.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractLoader;
import qoa.core.contracts.ContractSet;
import qoa.core.evaluate.opa.OpaEvaluator;
import qoa.core.evaluate.plan.PlanEvaluator;
import qoa.core.model.Promise;
import qoa.core.model.Verdict;
import qoa.core.policies.OpaBinary;
import qoa.core.policies.PolicyLoader;
import qoa.core.policies.PolicySet;
import qoa.core.settings.OpaConfig;
import qoa.rego.budget.Limits;

/**
 * Whatever contract and input: the plan says what OPA says, to the letter. A run of some rounds, a
 * thousand evaluations each; {@code scripts/conformance} runs many.
 */
class DifferentialIT {

  private static final int ROUNDS = Integer.getInteger("qoa.differential.rounds", 2);
  private static final long SEED = Long.getLong("qoa.seed", 1);
  private static final int SHOWN = 5;

  /** Looks at values in every way that types and numbers can be mistaken in. */
  private static final String PROBE =
      """
      package probe

      values := data.contracts[input.contract].values

      violation contains {"constraint": name, "observed": value, "message": text} if {
      	some i, value in values
      	name := sprintf("%d %s", [i, type_name(value)])
      	text := sprintf("%v %s %v", [value, json.marshal(value), {value: i}])
      }

      met contains {"constraint": name, "observed": pair} if {
      	some i, a in values
      	some j, b in values
      	name := sprintf("%d, %d", [i, j])
      	pair := [a < b, a == b, {a, b}, {a: "a"} == {b: "a"}, max([a, b]), sort([b, a]), [a] <= [b]]
      }

      undetermined contains {"constraint": name, "observed": results} if {
      	some i, a in values
      	some j, b in values
      	is_number(a)
      	is_number(b)
      	name := sprintf("%d, %d", [i, j])
      	results := [
      		[x | x := a + b],
      		[x | x := a - b],
      		[x | x := a * b],
      		[x | x := a / b],
      		[x | x := a % b],
      		[x | x := round(a)],
      		[x | x := sum([a, b, 0.1])],
      		sprintf("%v %d %s", [a, b, a]),
      	]
      }

      met contains {"constraint": "input", "message": json.marshal(input)}
      """;

  @TempDir Path folder;

  private final RandomCases cases = new RandomCases(SEED);
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  private PolicyEvaluator plan;
  private PolicyEvaluator opa;
  private int evaluations;

  @BeforeEach
  void start() throws Exception {
    plan = new PlanEvaluator(Limits.DEFAULT, Clock.systemUTC());
    opa = OpaEvaluator.create(OpaConfig.managed(), OpaBinary.locate().path());
  }

  @AfterEach
  void stop() {
    plan.close();
    opa.close();
  }

  @Test
  void planAndOpa_sayTheSame() throws Exception {
    PolicySet shipped = PolicyLoader.load(Path.of("..", "..", "policies"));
    Path tutorial = Path.of("..", "..", "testdata", "tutorial");
    PolicySet old = PolicyLoader.load(tutorial.resolve("policies"));
    JsonNode oldContract =
        ContractLoader.load(tutorial.resolve("contracts")).contracts().get(0).document();
    Files.writeString(folder.resolve("probe.rego"), PROBE);
    PolicySet probe = PolicyLoader.load(folder);

    for (int round = 0; round < ROUNDS; round++) {
      List<Contract> contracts = new ArrayList<>();
      for (int i = 0; i < 45; i++) {
        contracts.add(RandomCases.contract("q" + i, "qoa.contract", cases.qualityContract()));
      }
      for (int i = 0; i < 15; i++) {
        contracts.add(RandomCases.contract("f" + i, "bts.fairness", cases.fairnessContract()));
      }
      compare(shipped, contracts);
      List<Contract> olds = new ArrayList<>();
      List<Contract> probes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        JsonNode document = cases.mutated(oldContract);
        olds.add(RandomCases.contract("t" + i, "qoa4ml.adapter", document));
        probes.add(RandomCases.contract("p" + i, "probe", cases.anyValues()));
      }
      compare(old, olds);
      compare(probe, probes);
    }

    System.out.printf(
        "Differential test, seed %d: %d evaluations, %d differences; %s%n",
        SEED, evaluations, differences.size(), counts);
    assertThat(differences.stream().limit(SHOWN)).isEmpty();
    assertThat(counts.keySet()).contains("MET", "VIOLATED", "UNDETERMINED");
  }

  /** Ten inputs for each contract. */
  private void compare(PolicySet policies, List<Contract> contracts) throws Exception {
    Revision revision = Revision.of(policies, new ContractSet(contracts));
    plan.prepare(revision);
    opa.prepare(revision);
    List<Evaluation> batch = new ArrayList<>();
    for (Contract contract : contracts) {
      for (int i = 0; i < 10; i++) {
        batch.add(new Evaluation(contract, cases.input(contract.id())));
      }
    }
    List<Outcome> here = plan.evaluate(batch);
    List<Outcome> there = opa.evaluate(batch);
    for (int i = 0; i < batch.size(); i++) {
      evaluations++;
      count(there.get(i));
      if (!canonical(here.get(i)).equals(canonical(there.get(i)))) {
        differences.add(difference(batch.get(i), here.get(i), there.get(i)));
      }
    }
  }

  private void count(Outcome outcome) {
    if (outcome instanceof Outcome.Defined defined) {
      for (Verdict verdict : defined.verdicts()) {
        counts.merge(verdict.kind().name(), 1, Integer::sum);
      }
    } else {
      counts.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
    }
  }

  /** In text, numbers by their value; errors are told in words of one's own. */
  private static String canonical(Outcome outcome) {
    if (!(outcome instanceof Outcome.Defined defined)) {
      return outcome.getClass().getSimpleName();
    }
    StringBuilder text = new StringBuilder();
    for (Verdict v : defined.verdicts()) {
      List<Object> parts = new ArrayList<>();
      Promise p = v.promise();
      parts.addAll(Arrays.asList(v.kind(), p.stakeholder(), p.consumers(), p.constraint()));
      parts.addAll(Arrays.asList(p.stage(), p.instance(), p.metric(), p.aggregate()));
      parts.addAll(Arrays.asList(canonical(v.finding().observed()), canonical(p.expected())));
      parts.addAll(Arrays.asList(p.severity(), v.finding().message()));
      text.append(parts).append('\n');
    }
    return text.toString();
  }

  private static String canonical(JsonNode value) {
    if (value == null || !value.isContainerNode()) {
      return value != null && value.isNumber() ? number(value) : String.valueOf(value);
    }
    Map<String, String> members = new TreeMap<>();
    value.properties().forEach(e -> members.put(e.getKey(), canonical(e.getValue())));
    List<String> items = new ArrayList<>();
    value.elements().forEachRemaining(item -> items.add(canonical(item)));
    return value.isObject() ? members.toString() : items.toString();
  }

  /** Integers are exact; of others, a reader of JSON keeps a double. */
  private static String number(JsonNode value) {
    BigDecimal exact = new BigDecimal(value.asText());
    boolean integer = exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0;
    return integer ? exact.toBigInteger().toString() : String.valueOf(exact.doubleValue());
  }

  private static String difference(Evaluation evaluation, Outcome plan, Outcome opa) {
    String here = canonical(plan);
    String there = canonical(opa);
    int at = 0;
    while (at < Math.min(here.length(), there.length()) && here.charAt(at) == there.charAt(at)) {
      at++;
    }
    return "%s%nplan …%s%nOPA  …%s%ncontract %s%ninput %s"
        .formatted(
            evaluation.contract().policy(),
            around(here, at),
            around(there, at),
            evaluation.contract().document(),
            evaluation.input());
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 100), Math.min(text.length(), at + 60));
  }
}
