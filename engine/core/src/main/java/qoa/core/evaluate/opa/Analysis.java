package qoa.core.evaluate.opa;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import qoa.core.evaluate.InputJson;
import qoa.core.policies.PolicyModule;
import qoa.core.policies.PolicySet;

/**
 * What OPA's own parser says of a policy set: {@code analysis.rego} works it out, and says why it
 * is needed.
 *
 * @param stubs one module a package, which declare all rules of the set
 * @param visible by package, the keys of the input it can look at; {@code *} stands for all
 */
record Analysis(List<String> stubs, JsonNode visible) {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String PATH = "qoa_engine/analysis";
  private static final String ALL = "*";

  /** Asks OPA; the module that answers stays there. */
  static Analysis of(OpaConnection opa, PolicySet policies) throws InterruptedException {
    opa.putModule(ModuleIds.ANALYSIS, source());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode modules = body.putObject("input").putArray("modules");
    for (PolicyModule module : policies.modules()) {
      modules.addObject().put("package", module.packageName()).put("source", module.source());
    }
    byte[] question = body.toString().getBytes(StandardCharsets.UTF_8);
    JsonNode answer = opa.query(PATH, question, TIMEOUT).path("result");
    List<String> stubs = new ArrayList<>();
    for (JsonNode stub : answer.path("stubs")) {
      stubs.add(stub.asText());
    }
    if (!answer.path("stubs").isArray() || !answer.path("visible").isObject()) {
      throw opa.notOpa("it did not run the module " + ModuleIds.ANALYSIS + " that it was given");
    }
    return new Analysis(List.copyOf(stubs), answer.path("visible"));
  }

  /** How to write inputs for a package. */
  InputJson inputJson(String policy) {
    Set<String> keys = new HashSet<>();
    visible.path(policy).forEach(key -> keys.add(key.textValue()));
    boolean all = !visible.has(policy) || keys.contains(ALL);
    return all ? InputJson.complete() : InputJson.of(keys);
  }

  private static String source() {
    try (InputStream rego = Analysis.class.getResourceAsStream("analysis.rego")) {
      return new String(rego.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("analysis.rego is part of the engine", e);
    }
  }
}
