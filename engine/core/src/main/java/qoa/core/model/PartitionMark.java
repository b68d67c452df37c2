package qoa.core.model;

import java.util.Map;

/**
 * Word from an engine that re-keys, in the stream that it re-keys to: whether it has read all there
 * was of the sources it reads. All that it forwarded from them before stands before the mark.
 *
 * @param home the stream it was read from
 * @param homeOffset its place there
 * @param caughtUp for each source that the engine reads, whether nothing was left to read
 */
public record PartitionMark(Partition home, long homeOffset, Map<Partition, Boolean> caughtUp)
    implements Incoming {}
