package qoa.service.run;

import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.Promised;
import qoa.core.engine.EvaluationOutcome;
import qoa.core.model.Verdict;
import qoa.service.metrics.PrometheusMetrics;

/**
 * Has the series of every promise exist, with 0, from the moment its contract is loaded: so {@code
 * increase()} sees the first violation, and an engine that waits for its partitions has them.
 */
final class PromisedSeries {

  private PromisedSeries() {}

  /** Adds the series that do not exist yet. */
  static void declare(PrometheusMetrics metrics, ContractSet contracts) {
    for (Contract contract : contracts.contracts()) {
      for (EvaluationOutcome outcome : EvaluationOutcome.values()) {
        metrics.evaluation(contract.id(), outcome, 0);
      }
      Promised.of(contract).forEach(promise -> declare(metrics, contract, promise));
    }
  }

  private static void declare(PrometheusMetrics metrics, Contract contract, Promised promise) {
    String stakeholder = promise.stakeholder();
    String roles = stakeholder == null ? null : String.join(",", contract.rolesOf(stakeholder));
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      metrics.verdict(contract.id(), stakeholder, promise.constraint(), promise.stage(), kind, 0);
    }
    metrics.violation(
        contract.id(),
        stakeholder,
        roles,
        promise.constraint(),
        promise.stage(),
        promise.severity(),
        0);
    metrics.openViolations(
        contract.id(), stakeholder, promise.constraint(), promise.stage(), promise.severity(), 0);
  }
}
