package qoa.engine.ingest;

import java.util.Map;
import java.util.Set;
import qoa.engine.model.ReadPosition;
import qoa.engine.model.Source;

/** Of a group with one member, which nothing is taken from. */
public class AnyHomes implements Homes {

  @Override
  public void assigned(Map<Source, ReadPosition> positions) {}

  @Override
  public void revoked(Set<Source> homes) {}

  @Override
  public void lost(Set<Source> homes) {}
}
