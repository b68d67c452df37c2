package qoa.systemtests.faults;

/**
 * The reports of a run.
 *
 * @param partitions the initial number of partitions of the topic of reports
 * @param reportsPerSecond the rate of all applications together, without the crowd
 * @param crowd the number of applications that report rarely but at the same time
 */
record Traffic(KeyedBy layout, int partitions, int reportsPerSecond, int crowd) {

  /** Whether the engines re-key reports, so that they need not be on one partition. */
  boolean isRekeyed() {
    return layout == KeyedBy.INSTANCE || partitions == 1;
  }
}
