package qoa.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import qoa.engine.contracts.Contract;
import qoa.engine.contracts.Schedule;
import qoa.engine.emit.Changes;
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
import qoa.engine.ops.EvaluationOutcome;

/**
 * Has evaluations done, and turns what policies say into events and counts. Used by the pipeline's
 * one thread.
 */
final class Judge {

  private final PolicyEvaluator evaluator;
  private final String revision;
  private final Sink sink;
  private final Tally tally;
  private List<Evaluation> due = new ArrayList<>();
  private List<Lifecycle> lifecycles = new ArrayList<>();

  Judge(PolicyEvaluator evaluator, String revision, Sink sink, Tally tally) {
    this.evaluator = evaluator;
    this.revision = revision;
    this.sink = sink;
    this.tally = tally;
  }

  /**
   * Takes note of an evaluation to be done.
   *
   * @param lifecycle takes what it says
   */
  void add(Evaluation evaluation, Lifecycle lifecycle) {
    due.add(evaluation);
    lifecycles.add(lifecycle);
  }

  /** Whether anything is to be done. */
  boolean hasDue() {
    return !due.isEmpty();
  }

  /**
   * Does what is due.
   *
   * @throws EvaluatorUnavailableException where nothing was done, and all of it stays due
   */
  void judge() throws EvaluatorUnavailableException, InterruptedException {
    if (due.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    List<Outcome> outcomes = evaluator.evaluate(due);
    tally.batch((System.nanoTime() - start) / 1e9);
    List<Evaluation> judged = due;
    List<Lifecycle> told = lifecycles;
    due = new ArrayList<>();
    lifecycles = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      settle(judged.get(i), outcomes.get(i), told.get(i));
    }
  }

  private void settle(Evaluation evaluation, Outcome outcome, Lifecycle lifecycle) {
    Contract contract = evaluation.contract();
    EvaluationInput input = evaluation.input();
    if (outcome instanceof Outcome.Defined defined) {
      tally.evaluation(
          contract, defined.isSilent() ? EvaluationOutcome.SILENT : EvaluationOutcome.DEFINED);
      for (Verdict verdict : defined.verdicts()) {
        tally.verdict(contract, input, verdict);
      }
      emit(changes(contract, input, defined, lifecycle));
    } else if (outcome instanceof Outcome.Failed failed) {
      tally.evaluation(contract, EvaluationOutcome.FAILED);
      emit(Events.failed(contract, input, failed.reason(), revision));
    } else {
      tally.evaluation(contract, EvaluationOutcome.UNDEFINED);
      String reason =
          "package %s has none of the rules violation, undetermined and met"
              .formatted(contract.policy());
      emit(Events.failed(contract, input, reason, revision));
    }
  }

  private Changes changes(
      Contract contract, EvaluationInput input, Outcome.Defined said, Lifecycle lifecycle) {
    List<Verdict> verdicts = said.verdicts();
    if (input.late() || said.isWithoutVerdict()) { // it tells of no promise
      return Changes.of(Events.ofReport(contract, input, verdicts, revision));
    }
    return contract.schedule() instanceof Schedule.EachReport
        ? lifecycle.report(contract, input, verdicts, revision)
        : lifecycle.window(contract, input, verdicts, revision);
  }

  /** Hands on what becomes of an evaluation, or of a change of contracts. */
  void emit(Changes changes) {
    changes.events().forEach(this::emit);
    changes.statuses().forEach(sink::status);
  }

  private void emit(Event event) {
    sink.event(event);
    tally.event(event);
  }
}
