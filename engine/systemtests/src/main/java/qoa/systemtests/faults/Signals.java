package qoa.systemtests.faults;

import java.io.IOException;

/** Signals that Java has no method for. */
final class Signals {

  private Signals() {}

  /** Stops a process where it stands, as if its machine had frozen. */
  static void stop(ProcessHandle process) throws IOException, InterruptedException {
    send("STOP", process);
  }

  /** Lets a stopped process go on. */
  static void resume(ProcessHandle process) throws IOException, InterruptedException {
    send("CONT", process);
  }

  private static void send(String signal, ProcessHandle process)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
  }
}
