package qoa.systemtests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import qoa.core.lifecycle.Event;
import qoa.core.model.DeadLetter;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;
import qoa.core.sink.PrintingSink;
import qoa.core.sink.Sink;

/** Counts what it is given, writes it as a dry run does, and keeps nothing. */
final class CountingSink implements Sink {

  /** The longest text about what is wrong with a message. */
  private static final int MOST_DETAIL = 1_000;

  final Map<DeadLetter.Reason, Long> letters = new EnumMap<>(DeadLetter.Reason.class);
  final Map<String, Long> events = new TreeMap<>();
  private final BitSet dead = new BitSet();
  private final PrintStream nowhere =
      new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
  private final PrintingSink writer = PrintingSink.json(nowhere, nowhere);

  @Override
  public void event(Event event) {
    events.merge(event.type().toString(), 1L, Long::sum);
    writer.event(event);
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    int offset = Math.toIntExact(letter.raw().offset());
    if (dead.get(offset)) {
      throw new IllegalStateException("twice a dead letter: the message at " + offset);
    }
    if (letter.detail().isBlank() || letter.detail().length() > MOST_DETAIL) {
      throw new IllegalStateException("the message at " + offset + ": " + letter.detail());
    }
    dead.set(offset);
    writer.deadLetter(letter);
    letters.merge(letter.reason(), 1L, Long::sum);
  }

  @Override
  public void commit(Map<Partition, ReadPosition> positions) {}

  @Override
  public void close() {}
}
