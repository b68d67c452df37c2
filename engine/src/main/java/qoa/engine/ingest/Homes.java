package qoa.engine.ingest;

import java.util.Map;
import java.util.Set;
import qoa.engine.model.ReadPosition;
import qoa.engine.model.Source;

/**
 * Told which homes are read here and which no longer. Called from within {@link ReportSource#poll}
 * and {@link ReportSource#rewind}, by the thread that calls these.
 */
public interface Homes {

  /**
   * Homes are read here from now on.
   *
   * @param positions from where, with what whoever read them before has left
   */
  void assigned(Map<Source, ReadPosition> positions);

  /** Homes go to somebody else, who waits until this returns: what was judged can be committed. */
  void revoked(Set<Source> homes);

  /** Homes went to somebody else already: nothing of them can be committed. */
  void lost(Set<Source> homes);
}
