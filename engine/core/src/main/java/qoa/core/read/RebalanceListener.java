package qoa.core.read;

import java.util.Map;
import java.util.Set;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;

/**
 * Told which partitions are assigned to a source. Called from within {@link ReportSource#poll} and
 * {@link ReportSource#rewind}, by the thread that calls these.
 */
public interface RebalanceListener {

  /**
   * Partitions are assigned.
   *
   * @param positions where to continue reading them, as committed last
   */
  void assigned(Map<Partition, ReadPosition> positions);

  /** Partitions are revoked once this returns: what was judged can still be committed. */
  void revoked(Set<Partition> partitions);

  /** Partitions are assigned to others already: nothing of them can be committed. */
  void lost(Set<Partition> partitions);
}
