package qoa.systemtests.faults.check;

/** A message that is no report, and the reason that subscribers must be told. */
record FoundDeadLetter(Stored message, String reason) {}
