package qoa.rego.budget;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The processor time of the thread that asks. */
final class ThreadTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean KNOWN =
      THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

  private ThreadTime() {}

  /** Nanoseconds; always 0 where the JVM does not know. */
  static long nanos() {
    return KNOWN ? THREADS.getCurrentThreadCpuTime() : 0;
  }
}
