package qoa.core.windows;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import qoa.core.model.Partition;

/**
 * Which sources have been read to their end, and since when: only of such a source can silence be
 * told from a backlog. Word of a source holds for a while; where none comes any more, whoever reads
 * it may have stopped, and reports may be piling up there. Not safe for several threads.
 */
public final class Liveness {

  /** Later than any time: the source may hold reports that were not read. */
  public static final long BEHIND = Long.MAX_VALUE;

  private final long lease;
  private final Map<Partition, State> sources = new HashMap<>();
  private long words;

  private static final class State {
    long since = BEHIND;
    long heard;
    long lastWord;
    long wordBefore;
  }

  /**
   * @param lease for how many milliseconds word of a source holds
   */
  public Liveness(long lease) {
    this.lease = lease;
  }

  /** Expects reports of these sources and no others; of new ones nothing is known yet. */
  public void expect(Set<Partition> expected) {
    sources.keySet().retainAll(expected);
    expected.forEach(source -> sources.computeIfAbsent(source, s -> new State()));
  }

  /**
   * Takes word of a source; of one that is not expected it is passed over.
   *
   * @param caughtUp whether all there was had been read
   * @param now the clock, in milliseconds
   */
  public void observe(Partition source, boolean caughtUp, long now) {
    State state = sources.get(source);
    if (state == null) {
      return;
    }
    if (!caughtUp) {
      state.since = BEHIND;
    } else if (state.since == BEHIND || now - state.heard > lease) {
      state.since = now;
    }
    state.heard = now;
    state.wordBefore = state.lastWord;
    state.lastWord = ++words;
  }

  /** How many words there have been, of all sources. */
  public long words() {
    return words;
  }

  /**
   * What was heard before this many words is older than all that a source may still hold, where it
   * has been read to its end.
   *
   * <p>Word travels behind what was read before it, but was true only when somebody looked at the
   * source, and others have read and written meanwhile. The look for a source's latest word came
   * after its word before, which came after what is told apart here.
   *
   * @return 0 where there were fewer than two words of it
   */
  public long olderThanUnread(Partition source) {
    State state = sources.get(source);
    return state == null ? 0 : state.wordBefore;
  }

  /**
   * Since when a source has been read to its end without a break, in milliseconds; {@link #BEHIND}
   * where it has not, or where nobody knows.
   */
  public long caughtUpSince(Partition source, long now) {
    State state = sources.get(source);
    return state == null || now - state.heard > lease ? BEHIND : state.since;
  }

  /** The sources that are expected. */
  public Set<Partition> sources() {
    return sources.keySet();
  }
}
