package qoa.systemtests.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The limits of a report, written independently of those of the engine. */
final class Bounds {

  private static final int NAME_BYTES = 512;
  private static final int NUMBERS = 10_000;
  private static final int DEPTH = 100;

  private Bounds() {}

  /** The limit that a message exceeds, as the reason of a dead letter; null if there is none. */
  static String exceeded(JsonNode root) {
    if (depth(root) > DEPTH) {
      return "too_deep";
    }
    if (!areHeld(root)) {
      return "number_out_of_range";
    }
    JsonNode client = root.at("/metadata/client_config");
    for (String name : new String[] {"application_name", "stage_id", "instance_id"}) {
      if (isLong(client.path(name).asText(""))) {
        return "name_too_long";
      }
    }
    long numbers = 0;
    for (String section : new String[] {"service", "data"}) {
      for (Map.Entry<String, JsonNode> stage : root.path(section).properties()) {
        if (isLong(stage.getKey()) || hasLongName(stage.getValue().path("metrics"))) {
          return "name_too_long";
        }
        numbers += numbers(stage.getValue().path("metrics"));
      }
    }
    return numbers > NUMBERS ? "too_large" : null;
  }

  private static int depth(JsonNode node) {
    int deepest = 0;
    for (JsonNode child : node) {
      deepest = Math.max(deepest, depth(child));
    }
    return node.isContainerNode() ? deepest + 1 : 0;
  }

  /** Whether each number fits a double, at least approximately. */
  private static boolean areHeld(JsonNode node) {
    if (node.isNumber()) {
      double nearest = node.doubleValue();
      return !Double.isInfinite(nearest) && (nearest != 0 || node.decimalValue().signum() == 0);
    }
    for (JsonNode child : node) {
      if (!areHeld(child)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasLongName(JsonNode metrics) {
    for (Map.Entry<String, JsonNode> metric : metrics.properties()) {
      for (Map.Entry<String, JsonNode> instance : metric.getValue().properties()) {
        boolean isLong =
            isLong(metric.getKey())
                || isLong(instance.getKey())
                || isLong(instance.getValue().path("unit").asText(""));
        if (isLong || hasLongPath(metric.getKey(), instance.getValue().path("records"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasLongPath(String path, JsonNode value) {
    if (value.isArray()) {
      for (JsonNode element : value) {
        if (hasLongPath(path, element)) {
          return true;
        }
      }
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      if (hasLongPath(path + "." + field.getKey(), field.getValue())) {
        return true;
      }
    }
    return value.isNumber() && isLong(path);
  }

  private static boolean isLong(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES;
  }

  private static long numbers(JsonNode node) {
    if (node.isNumber()) {
      return 1;
    }
    long numbers = 0;
    for (JsonNode child : node) {
      numbers += numbers(child);
    }
    return numbers;
  }
}
