package qoa.core.windows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import qoa.core.contracts.Contract;

/**
 * The stages and metrics that contracts name. A window always has room for them, so nobody who
 * reports made-up names can displace them. They are found wherever a contract's document has a
 * {@code metric_name}, and belong to the {@code stage} beside it or around it, else to the whole
 * application. Immutable once made, for any number of threads.
 */
public final class NamedMetrics {

  /** No contract names anything. */
  public static final NamedMetrics NOTHING = new NamedMetrics();

  private final Map<String, Set<String>> byStage = new HashMap<>();
  private final Set<String> anywhere = new HashSet<>();

  private NamedMetrics() {}

  /** What contracts name that share a window. */
  public static NamedMetrics of(Collection<Contract> contracts) {
    NamedMetrics named = new NamedMetrics();
    contracts.forEach(contract -> named.find(contract.document(), null));
    return named;
  }

  private void find(JsonNode node, String around) {
    if (node == null || !node.isContainerNode()) {
      return;
    }
    String stage = node.path("stage").isTextual() ? node.get("stage").textValue() : around;
    JsonNode metric = node.path("metric_name");
    if (metric.isTextual()) {
      add(stage, metric.textValue());
    }
    node.forEach(child -> find(child, stage));
  }

  private void add(String stage, String metric) {
    if (stage == null) {
      anywhere.add(metric);
    } else {
      byStage.computeIfAbsent(stage, s -> new HashSet<>()).add(metric);
    }
  }

  /** Whether a stage is named. */
  boolean hasStage(String stage) {
    return byStage.containsKey(stage);
  }

  /** Whether a metric is named at a stage. */
  boolean has(String stage, String metric) {
    Set<String> metrics = byStage.get(stage);
    return metrics != null && metrics.contains(metric);
  }

  /** Whether a metric is named over all stages. */
  boolean hasAnywhere(String metric) {
    return anywhere.contains(metric);
  }
}
