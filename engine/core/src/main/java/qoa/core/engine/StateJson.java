package qoa.core.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import qoa.core.contracts.Schedule;
import qoa.core.model.SenderClock;

/** States as the topic {@code qoa.state} holds them. Plain functions. */
final class StateJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StateJson() {}

  static String write(ApplicationState state) {
    ObjectNode json = NODES.objectNode();
    putTime(json, "watermark", state.watermark());
    putTime(json, "latest", state.latest());
    ArrayNode clocks = json.putArray("clocks");
    state.clocks().forEach(clock -> clocks.addPOJO(clock));
    if (!state.timetables().isEmpty()) {
      ObjectNode timetables = json.putObject("timetables");
      new TreeMap<>(state.timetables())
          .forEach((contract, timetable) -> timetables.set(contract, timetable(timetable)));
    }
    return text(json);
  }

  /**
   * @throws IllegalArgumentException where it is not what {@link #write} wrote
   */
  static ApplicationState application(String text) {
    JsonNode json = parse(text);
    List<SenderClock> clocks = new ArrayList<>();
    json.path("clocks").forEach(clock -> clocks.add(clock(clock)));
    Map<String, Timetable> timetables = new HashMap<>();
    json.path("timetables")
        .properties()
        .forEach(entry -> timetables.put(entry.getKey(), timetable(entry.getValue())));
    return new ApplicationState(time(json, "watermark"), time(json, "latest"), clocks, timetables);
  }

  static String write(PartitionState state) {
    ObjectNode json = NODES.objectNode();
    ObjectNode contracts = json.putObject("contracts");
    new TreeMap<>(state.contracts())
        .forEach(
            (id, adopted) -> {
              ObjectNode contract = contracts.putObject(id);
              contract.put("application", adopted.application());
              contract.set("evaluate", schedule(adopted.schedule()));
              contract.set("before", schedule(adopted.before()));
              putTime(contract, "since", adopted.since());
            });
    if (!state.earlier().isEmpty()) {
      json.put("earlier", state.earlier());
    }
    return text(json);
  }

  /**
   * @throws IllegalArgumentException where it is not what {@link #write} wrote
   */
  static PartitionState partition(String text) {
    JsonNode json = parse(text);
    Map<String, PartitionState.Adopted> contracts = new HashMap<>();
    json.path("contracts")
        .properties()
        .forEach(
            entry -> {
              JsonNode contract = entry.getValue();
              contracts.put(
                  entry.getKey(),
                  new PartitionState.Adopted(
                      contract.path("application").asText(),
                      schedule(contract.path("evaluate")),
                      schedule(contract.path("before")),
                      time(contract, "since")));
            });
    return new PartitionState(contracts, json.path("earlier").asText(""));
  }

  private static SenderClock clock(JsonNode json) {
    try {
      return JSON.treeToValue(json, SenderClock.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a sender's clock: " + e.getOriginalMessage(), e);
    }
  }

  private static ArrayNode timetable(Timetable timetable) {
    ArrayNode json = NODES.arrayNode();
    for (Timetable.Segment segment : timetable.segments()) {
      ObjectNode item = json.addObject();
      putTime(item, "from", segment.from());
      item.set("evaluate", schedule(segment.schedule()));
    }
    return json;
  }

  private static Timetable timetable(JsonNode json) {
    List<Timetable.Segment> segments = new ArrayList<>();
    json.forEach(
        item ->
            segments.add(
                new Timetable.Segment(time(item, "from"), schedule(item.path("evaluate")))));
    return new Timetable(segments);
  }

  private static JsonNode schedule(Schedule schedule) {
    if (schedule == null) {
      return NODES.nullNode();
    }
    if (schedule instanceof Schedule.Tumbling windows) {
      return NODES.objectNode().put("window", windows.size()).put("grace", windows.grace());
    }
    return NODES.objectNode().put("each", "report");
  }

  private static Schedule schedule(JsonNode json) {
    if (json.isNull() || json.isMissingNode()) {
      return null;
    }
    return json.has("window")
        ? new Schedule.Tumbling(json.path("window").asLong(), json.path("grace").asLong())
        : new Schedule.EachReport();
  }

  private static void putTime(ObjectNode json, String name, long time) {
    if (time != Long.MIN_VALUE) {
      json.put(name, time);
    }
  }

  private static long time(JsonNode json, String name) {
    return json.path(name).asLong(Long.MIN_VALUE);
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String text(ObjectNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
