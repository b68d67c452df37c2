package qoa.core.evaluate.opa;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.Schedule;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.Revision;
import qoa.core.model.EvaluationInput;
import qoa.core.model.MetricSummary;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportKind;
import qoa.core.model.StageSummary;
import qoa.core.model.Verdict;
import qoa.core.model.Window;
import qoa.core.model.WindowSummary;
import qoa.core.policies.PolicyModule;
import qoa.core.policies.PolicySet;

/** Small revisions and inputs. */
final class Fixtures {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+)");

  private Fixtures() {}

  /** A contract named after the package that judges it. */
  static Contract contract(String policy) {
    return contract(policy, policy, json("{\"id\": \"" + policy + "\", \"limit\": 0.1}"));
  }

  static Contract contract(String id, String policy, JsonNode document) {
    return new Contract(
        id, "1.0.0", "app", policy, new Schedule.EachReport(), List.of(), document, id + ".yaml");
  }

  /** Policies by path, judged by one contract a package. */
  static Revision revision(Map<String, String> sources) {
    List<PolicyModule> modules = new ArrayList<>();
    Set<String> packages = new TreeSet<>();
    new TreeMap<>(sources)
        .forEach(
            (path, source) -> {
              String name = packageOf(source);
              packages.add(name);
              modules.add(new PolicyModule(path, name, source, false));
            });
    List<Contract> contracts = packages.stream().map(Fixtures::contract).toList();
    return Revision.of(new PolicySet(modules), new ContractSet(contracts));
  }

  static String packageOf(String source) {
    Matcher matcher = PACKAGE.matcher(source);
    return matcher.find() ? matcher.group(1) : "none";
  }

  /** An evaluation of a single report whose observed {@code m} is the value. */
  static Evaluation evaluation(String policy, double value) {
    String report = "{\"value\":" + value + "}";
    return new Evaluation(contract(policy), input(policy, value, report));
  }

  static EvaluationInput input(String contract, double value, String report) {
    Map<String, MetricSummary> metrics = Map.of("m", summary(value));
    StageSummary stage = new StageSummary(new TreeSet<>(Set.of("i1")), metrics);
    return new EvaluationInput(
        contract,
        "app",
        Window.moment(1_795_428_000_123L),
        new WindowSummary(1, Map.of("gateway", stage), metrics, null, null, null),
        report(report),
        false);
  }

  static MetricSummary summary(double v) {
    return new MetricSummary(null, 1, v, v, v, v, v, v, v, v, v, null, null, null);
  }

  static Report report(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RawReport raw = new RawReport(new Partition("t", 0), 0, 0, null, bytes, List.of());
    return new Report(raw, ReportKind.ML, "app", "", 0, List.of());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** An outcome in one line: messages of verdicts, or what went wrong. */
  static String shown(Outcome outcome) {
    if (outcome instanceof Outcome.Defined defined) {
      return defined.verdicts().stream()
          .map(Fixtures::shown)
          .collect(Collectors.joining(",", "[", "]"));
    }
    return outcome.toString();
  }

  private static String shown(Verdict verdict) {
    return verdict.kind().label() + " " + verdict.promise().name();
  }
}
