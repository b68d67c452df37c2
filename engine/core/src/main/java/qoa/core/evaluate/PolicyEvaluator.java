package qoa.core.evaluate;

import java.util.List;
import java.util.Optional;
import qoa.core.documents.ProblemsException;

/**
 * Runs policies. Each of the service's workers calls {@link #evaluate} on its own thread; a
 * revision is prepared while none of them does. Implementations may use threads of their own inside
 * a call.
 */
public interface PolicyEvaluator extends AutoCloseable {

  /**
   * Makes a revision the one that {@link #evaluate} uses, as a whole: after an exception the one
   * before it, if any, still stands.
   *
   * @throws ProblemsException where the policies do not compile
   * @throws EvaluatorUnavailableException where the evaluator cannot be reached; try again later
   */
  void prepare(Revision revision)
      throws ProblemsException, EvaluatorUnavailableException, InterruptedException;

  /** A revision that is ready but for the last step. */
  @FunctionalInterface
  interface Staged {

    /**
     * Makes it the one that {@link PolicyEvaluator#evaluate} uses; throws as {@link
     * PolicyEvaluator#prepare}.
     */
    void use() throws ProblemsException, EvaluatorUnavailableException, InterruptedException;
  }

  /**
   * Does what takes long of {@link #prepare}, such as compiling: evaluations may go on meanwhile
   * with the revision before. Called by one thread at a time. The default does nothing yet, for
   * evaluators that cannot do anything beforehand.
   */
  default Staged stage(Revision revision)
      throws ProblemsException, EvaluatorUnavailableException, InterruptedException {
    return () -> prepare(revision);
  }

  /**
   * Evaluates a batch against the prepared revision.
   *
   * @return one outcome an evaluation, by index; a failing one does not touch its neighbours
   * @throws EvaluatorUnavailableException where the batch cannot be evaluated now; it can be given
   *     again later
   */
  List<Outcome> evaluate(List<Evaluation> batch)
      throws EvaluatorUnavailableException, InterruptedException;

  /**
   * Evaluates a batch, or some of it: when the time is over it begins no further evaluation. So one
   * call lasts little longer than the time and one evaluation, or one round of queries. Only how
   * the work is cut depends on the time, never an outcome. This one evaluates all of it, for
   * evaluators that cannot stop.
   *
   * @param nanos for how long evaluations may be begun; at least one is done, however short it is
   * @return by index, an outcome, or null for an evaluation that was not done and can be given
   *     again; where one was not done, no later one of its contract was
   * @throws EvaluatorUnavailableException as above
   */
  default List<Outcome> evaluate(List<Evaluation> batch, long nanos)
      throws EvaluatorUnavailableException, InterruptedException {
    return evaluate(batch);
  }

  /** Why it cannot evaluate now, for operators, if it knows. Any thread may call it. */
  default Optional<String> trouble() {
    return Optional.empty();
  }

  /** Ends what the evaluator started. */
  @Override
  void close();
}
