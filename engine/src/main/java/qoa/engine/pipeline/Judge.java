package qoa.engine.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import qoa.engine.contracts.Contract;
import qoa.engine.contracts.Schedule;
import qoa.engine.emit.Event;
import qoa.engine.emit.Events;
import qoa.engine.emit.Lifecycle;
import qoa.engine.emit.Sink;
import qoa.engine.evaluate.Evaluation;
import qoa.engine.evaluate.EvaluatorUnavailableException;
import qoa.engine.evaluate.Outcome;
import qoa.engine.evaluate.PolicyEvaluator;
import qoa.engine.model.EvaluationInput;
import qoa.engine.model.Verdict;
import qoa.engine.ops.EngineMetrics;
import qoa.engine.ops.EvaluationOutcome;

/**
 * Has evaluations done, and turns what policies say into events and counts. Used by the pipeline's
 * one thread.
 */
final class Judge {

  private final PolicyEvaluator evaluator;
  private final String revision;
  private final Sink sink;
  private final EngineMetrics metrics;
  private final Tally tally;
  private final Lifecycle lifecycle = new Lifecycle();
  private List<Evaluation> due = new ArrayList<>();

  Judge(PolicyEvaluator evaluator, String revision, Sink sink, EngineMetrics metrics, Tally tally) {
    this.evaluator = evaluator;
    this.revision = revision;
    this.sink = sink;
    this.metrics = metrics;
    this.tally = tally;
  }

  /** Takes note of an evaluation to be done. */
  void add(Evaluation evaluation) {
    due.add(evaluation);
  }

  /** Whether anything is to be done. */
  boolean hasDue() {
    return !due.isEmpty();
  }

  /**
   * Does what is due.
   *
   * @param now the clock, in milliseconds since the epoch
   * @throws EvaluatorUnavailableException where nothing was done, and all of it stays due
   */
  void judge(long now) throws EvaluatorUnavailableException, InterruptedException {
    if (due.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    List<Outcome> outcomes = evaluator.evaluate(due);
    metrics.evaluationSeconds((System.nanoTime() - start) / 1e9);
    List<Evaluation> judged = due;
    due = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      settle(judged.get(i), outcomes.get(i), now);
    }
  }

  private void settle(Evaluation evaluation, Outcome outcome, long now) {
    Contract contract = evaluation.contract();
    EvaluationInput input = evaluation.input();
    if (outcome instanceof Outcome.Defined defined) {
      count(contract, EvaluationOutcome.DEFINED);
      defined.verdicts().forEach(verdict -> count(contract, input, verdict));
      emit(contract, events(contract, input, defined.verdicts()), now);
    } else if (outcome instanceof Outcome.Failed failed) {
      count(contract, EvaluationOutcome.FAILED);
      emit(contract, List.of(Events.failed(contract, input, failed.reason(), revision)), now);
    } else {
      count(contract, EvaluationOutcome.UNDEFINED);
      String reason =
          "package %s has none of the rules violation, undetermined and met"
              .formatted(contract.policy());
      emit(contract, List.of(Events.failed(contract, input, reason, revision)), now);
    }
  }

  private List<Event> events(Contract contract, EvaluationInput input, List<Verdict> verdicts) {
    boolean alone = input.late() || contract.schedule() instanceof Schedule.EachReport;
    return alone
        ? Events.ofReport(contract, input, verdicts, revision)
        : lifecycle.apply(contract, input, verdicts, revision);
  }

  private void count(Contract contract, EvaluationOutcome outcome) {
    metrics.evaluation(contract.id(), outcome);
    tally.evaluation(outcome);
  }

  private void count(Contract contract, EvaluationInput input, Verdict verdict) {
    tally.verdict(verdict.kind());
    metrics.verdict(contract.id(), verdict.stakeholder(), verdict.name(), verdict.kind());
    JsonNode observed = verdict.observed();
    if (observed != null && observed.isNumber() && verdict.metric() != null) {
      metrics.observed(
          input.application(),
          verdict.stage(),
          verdict.metric(),
          verdict.aggregate(),
          observed.doubleValue());
    }
  }

  private void emit(Contract contract, List<Event> events, long now) {
    boolean lifecycleChanged = false;
    for (Event event : events) {
      sink.event(event);
      metrics.reportToEventSeconds((now - event.time()) / 1000.0);
      if (event.type().isViolation()) {
        String stakeholder = event.stakeholder() == null ? null : event.stakeholder().id();
        metrics.violation(
            contract.id(),
            stakeholder,
            stakeholder == null ? null : String.join(",", contract.rolesOf(stakeholder)),
            event.constraint() != null ? event.constraint() : event.message(),
            event.stage(),
            event.severity());
      }
      lifecycleChanged |= event.type() == Event.Type.OPENED || event.type() == Event.Type.RESOLVED;
    }
    if (lifecycleChanged) {
      lifecycle
          .openCounts()
          .forEach(
              (party, count) ->
                  metrics.openViolations(party.contract(), party.stakeholder(), count));
    }
  }
}
