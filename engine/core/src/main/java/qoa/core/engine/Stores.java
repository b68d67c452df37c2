package qoa.core.engine;

/**
 * Where an engine finds what earlier engines committed.
 *
 * @param statuses of all promises, with the open violations
 * @param states of partitions and applications
 */
public record Stores(StatusStore statuses, StateStore states) {}
