package qoa.engine.pipeline;

import qoa.engine.emit.StateStore;
import qoa.engine.emit.StatusStore;

/**
 * Where an engine finds what was left by the one before it.
 *
 * @param statuses of all promises, the open violations among them
 * @param states of homes and applications
 */
record Stores(StatusStore statuses, StateStore states) {}
