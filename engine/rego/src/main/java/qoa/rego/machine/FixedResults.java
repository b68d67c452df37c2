package qoa.rego.machine;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import qoa.rego.value.RegoValue;

/**
 * Results of the fixed rules, which depend on nothing but data and one member of the input. The
 * first evaluation that needs one computes it. All others take it over, and pay for it as if they
 * had computed it. Belongs to one plan, one data document and one value of that member; used by any
 * number of threads.
 */
public final class FixedResults {
  private final AtomicReferenceArray<Result> results;

  /**
   * A result.
   *
   * @param steps what it cost, without that of the rules used
   * @param bytes likewise
   * @param uses the rules of this kind that it was computed from
   */
  record Result(RegoValue value, long steps, long bytes, int[] uses) {}

  /** Room for the results of so many functions. */
  public FixedResults(int functions) {
    results = new AtomicReferenceArray<>(functions);
  }

  /** What {@link #put} was given, or null. */
  Result get(int function) {
    return results.getAcquire(function);
  }

  /** Takes a result. Threads that compute it at the same time put equal ones. */
  void put(int function, Result result) {
    results.setRelease(function, result);
  }

  /** What computing a result costs, and what it uses; for one thread. */
  static final class Recording {
    private final Recording outer;
    private final long stepsBefore;
    private final long bytesBefore;
    private final BitSet uses = new BitSet();
    private long othersSteps;
    private long othersBytes;

    /**
     * @param outer the recording in which this one begins; null for none
     * @param stepsLeft what the evaluation may still use
     * @param bytesLeft likewise
     */
    Recording(Recording outer, long stepsLeft, long bytesLeft) {
      this.outer = outer;
      this.stepsBefore = stepsLeft;
      this.bytesBefore = bytesLeft;
    }

    Recording outer() {
      return outer;
    }

    void use(int function) {
      uses.set(function);
    }

    /** Leaves out the cost of a rule used. */
    void leaveOut(long steps, long bytes) {
      othersSteps += steps;
      othersBytes += bytes;
    }

    /** Ends it; what is left tells the cost. */
    Result result(RegoValue value, long stepsLeft, long bytesLeft) {
      long steps = stepsBefore - stepsLeft;
      long bytes = bytesBefore - bytesLeft;
      if (outer != null) {
        outer.leaveOut(steps, bytes);
      }
      return new Result(value, steps - othersSteps, bytes - othersBytes, uses.stream().toArray());
    }
  }
}
