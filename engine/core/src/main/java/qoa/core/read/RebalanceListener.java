package qoa.core.read;

import java.util.Map;
import java.util.Set;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;

/**
 * Told which homes are read here and which no longer. Called from within {@link ReportSource#poll}
 * and {@link ReportSource#rewind}, by the thread that calls these.
 */
public interface RebalanceListener {

  /**
   * Homes are read here from now on.
   *
   * @param positions from where, with what whoever read them before has left
   */
  void assigned(Map<Partition, ReadPosition> positions);

  /** Homes go to somebody else, who waits until this returns: what was judged can be committed. */
  void revoked(Set<Partition> homes);

  /** Homes went to somebody else already: nothing of them can be committed. */
  void lost(Set<Partition> homes);
}
