package qoa.service.metrics;

import io.prometheus.client.SimpleCollector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The series of one metric, up to a limit. Beyond it, all label values share one series whose
 * labels are all {@code other}. Any thread may call it. The limit may be exceeded by as many series
 * as there are threads.
 *
 * @param <C> the child of the collector that holds one series
 */
final class Series<C> {

  private static final Logger LOG = LoggerFactory.getLogger(Series.class);
  private static final String OTHER = "other";

  private final SimpleCollector<C> metric;
  private final int bound;
  private final Map<List<String>, C> children = new ConcurrentHashMap<>();
  private volatile C other;

  Series(SimpleCollector<C> metric, int bound) {
    this.metric = metric;
    this.bound = bound;
  }

  /** The series of these label values, in the order of the metric. Null means an absent label. */
  C of(String... labels) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == null) {
        labels[i] = "";
      }
    }
    List<String> key = Arrays.asList(labels);
    C child = children.get(key);
    return child != null ? child : newChild(key, labels);
  }

  private C newChild(List<String> key, String[] labels) {
    if (children.size() < bound) {
      return children.computeIfAbsent(key, k -> metric.labels(labels));
    }
    if (other == null) {
      LOG.warn(
          "{} has {} series, the limit of limits.series; further ones are counted under \"other\"",
          metric.collect().get(0).name,
          bound);
      String[] others = new String[labels.length];
      Arrays.fill(others, OTHER);
      other = metric.labels(others);
    }
    return other;
  }
}
