package qoa.engine.faults.check;

/** A message that is no report, and the reason that subscribers must be told. */
record Letter(Stored message, String reason) {}
