package qoa.systemtests.faults.check;

/** A message that is not a report, and the expected reason. */
record FoundDeadLetter(Stored message, String reason) {}
