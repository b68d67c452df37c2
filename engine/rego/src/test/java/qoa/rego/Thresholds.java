package qoa.rego;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import qoa.rego.value.RegoNumber;
import qoa.rego.value.RegoObject;

/** A policy of eight thresholds, and what it judges. */
public final class Thresholds {
  public static final String ENTRYPOINT = "thresholds/violation";

  private Thresholds() {}

  public static PreparedPlan plan() throws IOException {
    try (InputStream in = Thresholds.class.getResourceAsStream("thresholds/plan.json")) {
      return PreparedPlan.of(new JsonMapper().readTree(in));
    }
  }

  /** A report's metrics: all promises are kept but, perhaps, those for time and CPU. */
  public static RegoObject input(double responseTime, double cpu) {
    RegoObject metrics =
        RegoObject.builder()
            .put("response_time", statistic("mean", responseTime))
            .put("accuracy", statistic("mean", 0.93))
            .put("cpu_usage", statistic("max", cpu))
            .put("memory_usage", statistic("max", 0.4))
            .put("error_rate", statistic("mean", 0.001))
            .put("queue_length", statistic("max", 12))
            .put("cost", statistic("sum", 0.7))
            .put("completeness", statistic("min", 0.99))
            .build();
    return RegoObject.builder().put("metrics", metrics).build();
  }

  private static RegoObject statistic(String name, double value) {
    return RegoObject.builder().put(name, RegoNumber.of(value)).build();
  }
}
