package qoa.core.read;

import java.util.Map;
import java.util.Set;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;

/** Of a group with one member, which nothing is taken from. */
public class AnyPartitions implements RebalanceListener {

  @Override
  public void assigned(Map<Partition, ReadPosition> positions) {}

  @Override
  public void revoked(Set<Partition> partitions) {}

  @Override
  public void lost(Set<Partition> partitions) {}
}
