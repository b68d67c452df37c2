package qoa.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
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
import qoa.core.sink.Decision;

/** Runs evaluations, and makes decisions of their outcomes. Used by the engine's one thread. */
final class Judge {

  private final PolicyEvaluator evaluator;
  private final String revision;
  private final DoubleConsumer batchSeconds;
  private final Consumer<Decision> decisions;
  private List<Evaluation> due = new ArrayList<>();
  private List<Lifecycle> lifecycles = new ArrayList<>();

  /**
   * @param batchSeconds takes the time of each batch
   * @param decisions takes the decisions in their order
   */
  Judge(
      PolicyEvaluator evaluator,
      String revision,
      DoubleConsumer batchSeconds,
      Consumer<Decision> decisions) {
    this.evaluator = evaluator;
    this.revision = revision;
    this.batchSeconds = batchSeconds;
    this.decisions = decisions;
  }

  /**
   * Adds an evaluation that is due.
   *
   * @param lifecycle takes its verdicts
   */
  void add(Evaluation evaluation, Lifecycle lifecycle) {
    due.add(evaluation);
    lifecycles.add(lifecycle);
  }

  /** The number of evaluations that are due. */
  int due() {
    return due.size();
  }

  /**
   * Runs what is due, or some of it.
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
    batchSeconds.accept((System.nanoTime() - start) / 1e9);
    List<Evaluation> evaluations = due;
    List<Lifecycle> theirs = lifecycles;
    due = new ArrayList<>();
    lifecycles = new ArrayList<>();
    for (int i = 0; i < evaluations.size(); i++) {
      Evaluation evaluation = evaluations.get(i);
      Outcome outcome = outcomes.get(i);
      if (outcome == null) {
        add(evaluation, theirs.get(i));
      } else {
        Changes changes = changes(evaluation, outcome, theirs.get(i));
        decisions.accept(new Decision(evaluation, revision, outcome, changes));
      }
    }
    return evaluations.size() - due.size();
  }

  private Changes changes(Evaluation evaluation, Outcome outcome, Lifecycle lifecycle) {
    if (outcome instanceof Outcome.Defined defined) {
      return changes(evaluation.contract(), evaluation.input(), defined, lifecycle);
    }
    String reason =
        outcome instanceof Outcome.Failed failed
            ? failed.reason()
            : "package %s has none of the rules violation, undetermined and met"
                .formatted(evaluation.contract().policy());
    Event event = Events.failed(evaluation.contract(), evaluation.input(), reason, revision);
    return Changes.of(List.of(event));
  }

  private Changes changes(
      Contract contract, EvaluationInput input, Outcome.Defined outcome, Lifecycle lifecycle) {
    List<Verdict> verdicts = outcome.verdicts();
    if (input.late() || outcome.isWithoutVerdict()) { // no promise changes
      return Changes.of(Events.ofReport(contract, input, verdicts, revision));
    }
    return contract.schedule() instanceof Schedule.EachReport
        ? lifecycle.report(contract, input, verdicts, revision)
        : lifecycle.window(contract, input, verdicts, revision);
  }
}
