package qoa.systemtests.faults;

/**
 * What clients send in a run.
 *
 * @param partitions of the topic of reports, at first
 * @param reportsPerSecond of all applications but the crowd, together
 * @param crowd how many applications report but now and then, all at once
 */
record Traffic(KeyedBy layout, int partitions, int reportsPerSecond, int crowd) {

  /** Whether the engines re-key reports, so that a partition is not an application's home. */
  boolean isRekeyed() {
    return layout == KeyedBy.INSTANCE || partitions == 1;
  }
}
