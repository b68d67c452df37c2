package qoa.engine.evaluate.plan;

import java.util.concurrent.atomic.AtomicReferenceArray;
import qoa.engine.evaluate.plan.value.RegoValue;

/**
 * Results of the rules that depend on nothing but data and the contract's id ({@link FixedRules}):
 * computed by the first evaluation of a contract that needs them, the same in all others. Belongs
 * to one contract, one plan and one data document; used by any number of threads.
 */
final class SharedResults {
  private final AtomicReferenceArray<RegoValue> results;

  SharedResults(int functions) {
    results = new AtomicReferenceArray<>(functions);
  }

  /** What {@link #put} was given, or null. */
  RegoValue get(int function) {
    return results.getAcquire(function);
  }

  /** Takes a result. Threads that compute it at the same time put equal ones. */
  void put(int function, RegoValue result) {
    results.setRelease(function, result);
  }
}
