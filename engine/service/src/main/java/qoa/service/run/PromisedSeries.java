package qoa.service.run;

import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.contracts.Promised;
import qoa.core.engine.EvaluationOutcome;
import qoa.core.model.Verdict;
import qoa.service.metrics.PrometheusMetrics;

/**
 * Creates the series of every promise, with 0, as soon as its contract is loaded. So {@code
 * increase()} sees the first violation, and an engine that waits for partitions exposes them.
 */
final class PromisedSeries {

  private PromisedSeries() {}

  /** Creates the series that do not exist yet. */
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
