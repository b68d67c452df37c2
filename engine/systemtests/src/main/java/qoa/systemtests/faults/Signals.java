package qoa.systemtests.faults;

import java.io.IOException;

/** Signals for which Java has no method. */
final class Signals {

  private Signals() {}

  /** Stops a process, as if its machine stood still. */
  static void stop(ProcessHandle process) throws IOException, InterruptedException {
    send("STOP", process);
  }

  /** Lets a stopped process continue. */
  static void resume(ProcessHandle process) throws IOException, InterruptedException {
    send("CONT", process);
  }

  private static void send(String signal, ProcessHandle process)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
  }
}
