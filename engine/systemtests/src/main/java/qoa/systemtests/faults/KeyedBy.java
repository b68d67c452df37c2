package qoa.systemtests.faults;

/** How the topic of reports is keyed. */
enum KeyedBy {
  /**
   * By application: all reports of one lie on one partition, and the engine reads them as they are.
   */
  APPLICATION,
  /**
   * By instance: an application is spread over the partitions, and the engine re-keys by itself.
   */
  INSTANCE
}
