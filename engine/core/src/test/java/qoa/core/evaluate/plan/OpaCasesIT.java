package qoa.core.evaluate.plan;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import qoa.core.policies.OpaBinary;
import qoa.rego.ComplianceCheck;
import qoa.rego.value.RegoObject;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoString;
import qoa.rego.value.RegoValue;

/**
 * The cases that OPA is tested with, compiled by the OPA at hand: a sample, for each costs a
 * process; {@code scripts/conformance} runs all.
 */
class OpaCasesIT {

  private static final int SAMPLE = Integer.getInteger("qoa.opa.cases.sample", 150);
  private static final long SEED = Long.getLong("qoa.seed", 1);
  private static final int PROCESSES = 2;

  @Test
  void passesWhatTheProfileHas() throws Exception {
    Optional<Path> folder = OpaCases.folder();
    assumeTrue(folder.isPresent(), "no source of OPA: set " + OpaCases.FOLDER_PROPERTY);
    List<JsonNode> cases = OpaCases.read(folder.get());
    Collections.shuffle(cases, new Random(SEED));
    cases = cases.subList(0, Math.min(SAMPLE, cases.size()));
    ComplianceCheck check = new ComplianceCheck("expected-failures-opa-cases.txt");
    ExecutorService pool = Executors.newFixedThreadPool(PROCESSES);
    try {
      OpaBinary opa = OpaBinary.locate();
      List<Future<Optional<JsonNode>>> plans = new ArrayList<>();
      for (JsonNode test : cases) {
        plans.add(pool.submit(() -> OpaCases.plan(opa, test)));
      }
      for (int i = 0; i < cases.size(); i++) {
        run(check, cases.get(i), plans.get(i).get());
      }
    } finally {
      pool.shutdownNow();
    }
    check.conclude("OPA's own cases, seed " + SEED, cases.size());
  }

  private static void run(ComplianceCheck check, JsonNode test, Optional<JsonNode> plan) {
    if (plan.isEmpty()) {
      check.notCompiled(test);
      return;
    }
    JsonNode wanted = test.path("want_result");
    check.run(test, plan.get(), OpaCases.ENTRYPOINT, wanted, OpaCasesIT::rows);
  }

  private static RegoValue rows(RegoSet results) {
    return ((RegoObject) results.at(0)).get(RegoString.of("result"));
  }
}
