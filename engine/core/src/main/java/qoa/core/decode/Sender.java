package qoa.core.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The {@code metadata} of the current report: its sender and its time. Clients of different years
 * use different keys. Reused for each report; not thread-safe.
 */
final class Sender {

  String application;
  String stage;
  String instance;
  String nodeName;
  String pid;

  /** Seconds since the epoch; NaN if the report has no time. */
  double timestamp;

  private String instanceName;

  void clear() {
    application = null;
    stage = null;
    instance = null;
    instanceName = null;
    nodeName = null;
    pid = null;
    timestamp = Double.NaN;
  }

  /** Reads {@code metadata}, or the {@code client_config} or {@code client_info} inside it. */
  void read(JsonCursor json) throws IOException, UndecodableException {
    if (!json.enterObject("metadata")) {
      return;
    }
    for (String key = json.nextField(); key != null; key = json.nextField()) {
      readField(json, key);
    }
    if (instance == null) {
      instance = instanceName;
    }
  }

  private void readField(JsonCursor json, String key) throws IOException, UndecodableException {
    switch (key) {
      case "client_config", "client_info" -> read(json);
      case "application_name", "application", "application_id" ->
          application = known(json.text(key), application);
      case "stage_id" -> stage = known(json.text(key), stage);
      case "instance_id", "instances_id" -> instance = known(json.text(key), instance);
      case "instance_name" -> instanceName = known(json.text(key), instanceName);
      case "node_name" -> nodeName = known(json.text(key), nodeName);
      case "pid" -> pid = known(json.text(key), pid);
      case "timestamp" -> readTimestamp(json);
      default -> json.skip();
    }
  }

  /** Reads a time in seconds, a fraction allowed; null counts as absent. */
  void readTimestamp(JsonCursor json) throws IOException, UndecodableException {
    if (json.token() != JsonToken.VALUE_NULL) {
      timestamp = json.number("timestamp, in seconds since the epoch,");
    }
  }

  /** Clients send an empty string for an unknown value. */
  private static String known(String value, String otherwise) {
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
