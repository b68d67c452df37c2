package qoa.systemtests.faults;

/** How the topic of reports is keyed. */
enum KeyedBy {
  /** By application: all its reports are on one partition, and the engine does not re-key them. */
  APPLICATION,
  /** By instance: its reports are distributed over the partitions, and the engine re-keys them. */
  INSTANCE
}
