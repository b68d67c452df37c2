package qoa.core.engine;

/**
 * Where an engine finds what was left by the one before it.
 *
 * @param statuses of all promises, the open violations among them
 * @param states of homes and applications
 */
public record Stores(StatusStore statuses, StateStore states) {}
