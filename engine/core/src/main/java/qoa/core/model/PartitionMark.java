package qoa.core.model;

import java.util.Map;

/**
 * A progress mark of an engine that re-keys: whether it has read its source partitions to their
 * end. All reports that it forwarded from them before precede the mark.
 *
 * @param partition the partition that the mark was read from
 * @param offset its offset there
 * @param caughtUp for each source partition that the engine reads, whether it was read to its end
 */
public record PartitionMark(Partition partition, long offset, Map<Partition, Boolean> caughtUp)
    implements Incoming {}
