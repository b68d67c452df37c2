package qoa.service.cli;

import java.util.Map;
import picocli.CommandLine;
import qoa.core.lifecycle.Event;
import qoa.core.model.DeadLetter;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;
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
    public void event(Event event) {}

    @Override
    public void deadLetter(DeadLetter letter) {
      if (depth++ < Integer.MAX_VALUE) {
        deadLetter(letter);
      }
    }

    @Override
    public void commit(Map<Partition, ReadPosition> positions) {}

    @Override
    public void close() {}
  }
}
