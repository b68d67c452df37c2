package qoa.service.cli;

import picocli.CommandLine;
import qoa.core.lifecycle.Changes;
import qoa.core.model.DeadLetter;
import qoa.core.sink.Decision;
import qoa.core.sink.Sink;

/** {@code qoa run}, but the stack of a worker overflows at its first dead letter. */
final class DyingService {

  private DyingService() {}

  public static void main(String[] args) {
    System.exit(Main.run(new CommandLine(new RunCommand(new Dying())), args));
  }

  private static final class Dying implements Sink {

    private int depth;

    @Override
    public void decision(Decision decision) {}

    @Override
    public void changes(Changes changes) {}

    @Override
    public void deadLetter(DeadLetter deadLetter) {
      if (depth++ < Integer.MAX_VALUE) {
        deadLetter(deadLetter);
      }
    }
  }
}
