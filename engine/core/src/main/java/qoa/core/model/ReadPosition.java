package qoa.core.model;

/**
 * How far a stream has been used up, as it is committed.
 *
 * @param offset of the next message that is still needed; a restart reads from there
 * @param metadata what a restart must know besides, in the engine's words; empty for nothing
 */
public record ReadPosition(long offset, String metadata) {}
