package qoa.core.engine;

import java.util.ArrayList;
import java.util.List;
import qoa.core.contracts.Contract;
import qoa.core.contracts.Schedule;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.Outcome;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.lifecycle.Changes;
import qoa.core.lifecycle.Event;
import qoa.core.lifecycle.Events;
import qoa.core.lifecycle.Lifecycle;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Verdict;
import qoa.core.sink.Sink;

/**
 * Has evaluations done, and turns what policies say into events and counts. Used by the engine's
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

  /** How many evaluations are to be done. */
  int due() {
    return due.size();
  }

  /**
   * Does what is due, or some of it.
   *
   * @param nanos for how long evaluations may be begun; at least one is done
   * @return how many were done; the others stay due
   * @throws EvaluatorUnavailableException where nothing was done, and all of it stays due
   */
  int judge(long nanos) throws EvaluatorUnavailableException, InterruptedException {
    if (due.isEmpty()) {
      return 0;
    }
    long start = System.nanoTime();
    List<Outcome> outcomes = evaluator.evaluate(due, nanos);
    tally.batch((System.nanoTime() - start) / 1e9);
    List<Evaluation> asked = due;
    List<Lifecycle> told = lifecycles;
    due = new ArrayList<>();
    lifecycles = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      if (outcomes.get(i) == null) {
        add(asked.get(i), told.get(i));
      } else {
        settle(asked.get(i), outcomes.get(i), told.get(i));
      }
    }
    return asked.size() - due.size();
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
