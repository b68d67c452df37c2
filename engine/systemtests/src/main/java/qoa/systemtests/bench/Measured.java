package qoa.systemtests.bench;

import java.lang.management.ManagementFactory;

/**
 * What one run took.
 *
 * @param reports how many it was done with
 * @param nanos wall clock
 * @param cpuNanos of the thread that did it; other threads and processes are not in it
 */
record Measured(long reports, long nanos, long cpuNanos) {

  /** A clock that starts with the first reports and does not count those. */
  static final class Watch {

    private long reports = -1;
    private long start;
    private long startCpu;

    /** Takes note of reports taken in; those of the first call only start the clock. */
    void took(int count) {
      if (reports >= 0) {
        reports += count;
      } else if (count > 0) {
        reports = 0;
        start = System.nanoTime();
        startCpu = cpu();
      }
    }

    Measured stop() {
      return new Measured(reports, System.nanoTime() - start, cpu() - startCpu);
    }

    private static long cpu() {
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
  }

  /** This and another one that ran at the same time, as one. */
  Measured beside(Measured other) {
    return new Measured(
        reports + other.reports, Math.max(nanos, other.nanos), cpuNanos + other.cpuNanos);
  }

  double perSecond() {
    return reports * 1e9 / nanos;
  }

  double cpuMicros() {
    return cpuNanos / 1e3 / reports;
  }
}
