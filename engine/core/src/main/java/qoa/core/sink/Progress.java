package qoa.core.sink;

import java.util.Map;
import qoa.core.model.Partition;
import qoa.core.model.ReadPosition;
import qoa.core.model.StateKey;

/**
 * How far an engine has come: what the next engine continues from.
 *
 * @param positions of all partitions that are assigned to the engine
 * @param states those that changed since the last progress; null where a state is deleted
 */
public record Progress(Map<Partition, ReadPosition> positions, Map<StateKey, String> states) {}
