package qoa.systemtests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import qoa.core.lifecycle.Changes;
import qoa.core.model.DeadLetter;
import qoa.core.sink.Decision;
import qoa.core.sink.PrintingSink;
import qoa.core.sink.Sink;

/** Counts what it is given, writes it as a dry run does, and keeps nothing. */
final class CountingSink implements Sink {

  /** The longest text about what is wrong with a message. */
  private static final int MOST_DETAIL = 1_000;

  final Map<DeadLetter.Reason, Long> deadLetters = new EnumMap<>(DeadLetter.Reason.class);
  final Map<String, Long> events = new TreeMap<>();
  private final BitSet dead = new BitSet();
  private final PrintStream nowhere =
      new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
  private final PrintingSink writer = PrintingSink.json(nowhere, nowhere);

  @Override
  public void decision(Decision decision) {
    changes(decision.changes());
  }

  @Override
  public void changes(Changes changes) {
    changes.events().forEach(event -> events.merge(event.type().toString(), 1L, Long::sum));
    writer.changes(changes);
  }

  @Override
  public void deadLetter(DeadLetter deadLetter) {
    int offset = Math.toIntExact(deadLetter.raw().sourceOffset());
    if (dead.get(offset)) {
      throw new IllegalStateException("twice a dead letter: the message at " + offset);
    }
    if (deadLetter.detail().isBlank() || deadLetter.detail().length() > MOST_DETAIL) {
      throw new IllegalStateException("the message at " + offset + ": " + deadLetter.detail());
    }
    dead.set(offset);
    writer.deadLetter(deadLetter);
    deadLetters.merge(deadLetter.reason(), 1L, Long::sum);
  }
}
