package qoa.service.run;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qoa.kafka.BrokerException;
import qoa.kafka.GroupLag;
import qoa.service.config.EngineConfig;
import qoa.service.metrics.PrometheusMetrics;

/**
 * Keeps {@code qoa_consumer_lag} of the partitions that no worker of this process reads, so that it
 * has a series also while an engine waits for its partitions. On a thread of its own; where brokers
 * do not answer the series keep their last values.
 */
final class LagWatch {

  private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);
  private static final long EVERY_MILLIS = 5_000;

  private final EngineConfig config;
  private final String group;
  private final PrometheusMetrics metrics;
  private Thread thread;
  private boolean stopping;

  /**
   * @param group the consumer group
   */
  LagWatch(EngineConfig config, String group, PrometheusMetrics metrics) {
    this.config = config;
    this.group = group;
    this.metrics = metrics;
  }

  /** Looks every 5 s until {@link #stop}. */
  void run() {
    synchronized (this) {
      thread = Thread.currentThread();
    }
    List<String> topics = config.topics().reports();
    while (!isStopping()) {
      try (GroupLag lag = new GroupLag(config.kafka().forAdmin(), group, topics)) {
        look(lag);
      } catch (BrokerException e) {
        LOG.debug("cannot look up the lag of the group: {}", e.getMessage());
        pause();
      }
    }
  }

  private void look(GroupLag lag) {
    try {
      while (!isStopping()) {
        lag.lag()
            .forEach(
                (partition, records) ->
                    metrics.consumerLagOfGroup(partition.topic(), partition.partition(), records));
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      stop();
    }
  }

  private void pause() {
    try {
      Thread.sleep(EVERY_MILLIS);
    } catch (InterruptedException e) {
      stop();
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** Ends it; what it waits for is interrupted. */
  synchronized void stop() {
    stopping = true;
    if (thread != null && thread != Thread.currentThread()) {
      thread.interrupt();
    }
  }
}
