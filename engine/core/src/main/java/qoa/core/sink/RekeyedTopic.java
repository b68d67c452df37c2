package qoa.core.sink;

import java.util.Map;
import java.util.Optional;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;

/**
 * The topic of re-keyed reports, as an engine writes to it: each application has one partition
 * there. Called by the engine's one thread; what it takes becomes visible with the next commit.
 */
public interface RekeyedTopic {

  /** The name of the topic. */
  String name();

  /**
   * Forwards a report to the partition of its application.
   *
   * @return why it cannot be forwarded, for people: it is too large; empty where it is taken
   */
  Optional<String> forward(RawReport report, String application);

  /**
   * Hands over an application that is judged in its partition there from now on.
   *
   * @param from the partition that its reports were judged in
   * @param state the engine's state of it; empty for none
   */
  void handOver(String application, Partition from, String state);

  /**
   * Writes to every partition, after all reports forwarded before, how far source partitions were
   * read.
   *
   * @param caughtUp for each source partition, whether it was read to its end
   */
  void mark(Map<Partition, Boolean> caughtUp);
}
