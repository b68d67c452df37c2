package qoa.rego.budget;

/**
 * A budget within {@link Limits}. It looks at the thread's processor time once in a slice of some
 * thousand steps, from the end of the first slice on: most evaluations are over before.
 */
public class LimitedBudget extends Budget {
  /** Steps between two looks at the thread's processor time. */
  private static final int SLICE = 4096;

  private final Limits limits;
  private long stepsAfterSlice;
  private long slice;
  private long memoryLeft;

  /** Nanoseconds of the thread's processor time. */
  private long deadline;

  private boolean hasDeadline;

  /** All of {@code limits}. */
  public LimitedBudget(Limits limits) {
    this.limits = limits;
    this.slice = Math.min(SLICE, limits.steps());
    this.stepsAfterSlice = limits.steps() - slice;
    this.memoryLeft = limits.memory();
  }

  @Override
  public final void charge(long steps) {
    slice -= steps;
    if (slice < 0) {
      nextSlice();
    }
  }

  @Override
  public final void reserve(long bytes) {
    memoryLeft -= bytes;
    if (memoryLeft < 0) {
      throw new LimitException("it needs more than " + limits.memory() + " bytes");
    }
  }

  private void nextSlice() {
    stepsAfterSlice += slice;
    if (stepsAfterSlice < 0) {
      slice = 0;
      throw new LimitException("it needs more than " + limits.steps() + " steps");
    }
    long now = ThreadTime.nanos();
    if (!hasDeadline) {
      hasDeadline = true;
      deadline = now + limits.time().toNanos();
    } else if (now - deadline > 0) {
      throw new LimitException(
          "it needs more than " + limits.time().toMillis() + " ms of processor time");
    }
    slice = Math.min(SLICE, stepsAfterSlice);
    stepsAfterSlice -= slice;
  }

  /** The steps that are left. */
  public final long stepsLeft() {
    return stepsAfterSlice + slice;
  }

  /** The bytes that are left. */
  public final long memoryLeft() {
    return memoryLeft;
  }
}
