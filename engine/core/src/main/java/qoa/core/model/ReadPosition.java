package qoa.core.model;

/**
 * How far a partition was processed, as it is committed.
 *
 * @param offset the offset of the oldest message that is still needed; a restart reads from there
 * @param metadata what a restart must know besides, as the engine encodes it; empty for nothing
 */
public record ReadPosition(long offset, String metadata) {}
