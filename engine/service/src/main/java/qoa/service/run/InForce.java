package qoa.service.run;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import qoa.core.documents.ProblemsException;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.service.metrics.PrometheusMetrics;

/**
 * The revision in force. It changes between two batches of every worker: a worker holds {@link
 * #batch} while it judges, and then gets the revision with {@link #get}. Any thread may call it.
 */
final class InForce {

  private final PolicyEvaluator evaluator;
  private final PrometheusMetrics metrics;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private volatile Revision revision;

  /**
   * @param first the one to begin with; the evaluator is given it with {@link #replace}
   */
  InForce(Revision first, PolicyEvaluator evaluator, PrometheusMetrics metrics) {
    this.revision = first;
    this.evaluator = evaluator;
    this.metrics = metrics;
  }

  /** The revision in force. */
  Revision get() {
    return revision;
  }

  /** The revision does not change while this lock is held. */
  Lock batch() {
    return lock.readLock();
  }

  /**
   * Brings another revision into force, as a whole: after an exception the one before stays in
   * force. Workers wait only for the last step; the long ones run while they continue.
   *
   * @throws ProblemsException where its policies do not compile
   * @throws EvaluatorUnavailableException where the evaluator cannot be reached; try again later
   */
  void replace(Revision next)
      throws ProblemsException, EvaluatorUnavailableException, InterruptedException {
    PolicyEvaluator.Staged staged = evaluator.stage(next);
    lock.writeLock().lockInterruptibly();
    try {
      staged.use();
      revision = next;
      metrics.revision(next.id());
      PromisedSeries.declare(metrics, next.contracts());
    } finally {
      lock.writeLock().unlock();
    }
  }
}
