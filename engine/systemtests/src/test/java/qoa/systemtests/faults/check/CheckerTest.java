package qoa.systemtests.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The checker finds nothing in a correct set of events, which is written by hand, and finds exactly
 * the mutation of a mutated set.
 */
class CheckerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String WINDOWS =
      """
      id: windows
      version: 1.0.0
      application: shop
      evaluate: {window: 2s, grace: 1s}
      stakeholders: [{id: me, roles: [ml_provider]}]
      quality:
        service:
          - name: latency
            stage: web
            constraint_list:
              - metrics: {metric_name: response_time}
                condition: {operator: less_equal, value: 0.1}
                aggregate_function: AVERAGE
      """;

  private static final String EACH =
      """
      id: each
      version: 1.0.0
      application: shop
      evaluate: {each: report}
      stakeholders: [{id: me, roles: [ml_provider]}]
      quality:
        service:
          - name: request
            constraint_list:
              - metrics: {metric_name: response_time}
                condition: {operator: less_than, value: 0.5}
                aggregate_function: MAX
      """;

  private final List<Stored> reports = new ArrayList<>();
  private final List<Stored> events = new ArrayList<>();
  private final List<Stored> letters = new ArrayList<>();
  private final List<Stored> statuses = new ArrayList<>();

  @BeforeEach
  void aGoodSet() throws Exception {
    report(100.0005, 0.2);
    report(101.5, 0.3); // the window from 100 s to 102 s: violated
    report(103.0, 0.6); // from 102 s: violated still; the report by itself too
    report(102.0, 0.2); // out of order
    report(104.5, 0.05); // from 104 s: met
    reports.add(message("reports", reports.size(), "key", "not JSON", Map.of()));
    report(110.0, 0.05); // silence from 106 s
    report(101.9, 0.4); // too late
    report(120.0, 0.05); // silence from 112 s; closes all windows before

    window("qoa.violation.opened", 100, 2, 0.25, "\"first\":0,\"last\":1,\"worst\":1", 100);
    window("qoa.violation.continued", 102, 2, 0.4, "\"first\":3,\"last\":2,\"worst\":2", 100);
    event("occurred-each", "qoa.violation.occurred", each());
    window("qoa.violation.resolved", 104, 1, 0.05, "\"first\":4,\"last\":4", 100);
    window("qoa.constraint.undetermined", 106, 0, null, null, null);
    window("qoa.violation.occurred", 100, 1, 0.4, "\"first\":7,\"last\":7,\"worst\":7", null);
    change(events.size() - 1, value -> value.put("late", true));
    window("qoa.constraint.undetermined", 112, 0, null, null, null);
    letter(5, "not_json");
    status("windows|latency|me|web|", "violated", 100, 100);
    status("windows|latency|me|web|", "undetermined", 112, null);
    status("each|request|me||", "met", 102, null);
  }

  @Test
  void check_findsNothing_inAGoodSet() throws Exception {
    Findings findings = check();

    assertThat(findings.differences()).isEmpty();
    assertThat(findings.isClean()).isTrue();
    assertThat(findings.reports()).isEqualTo(9);
    assertThat(findings.events()).isEqualTo(7);
    assertThat(findings.deadLetters()).isEqualTo(1);
  }

  @Test
  void check_findsOneLost_whenAnyEventIsDropped() throws Exception {
    for (int dropped = 0; dropped < 7; dropped++) {
      List<Stored> all = List.copyOf(events);
      events.remove(dropped);

      assertFound(1, 0, 0);

      events.clear();
      events.addAll(all);
    }
  }

  @Test
  void check_findsOneDuplicated_whenAnEventIsThereTwice() throws Exception {
    Stored first = events.get(0);
    events.add(message("events", events.size(), "windows", text(first), first.headers()));

    assertFound(0, 1, 0);
  }

  @Test
  void check_findsOneDuplicated_whenItIsThereTwiceUnderAnotherId() throws Exception {
    Stored first = events.get(0);
    Map<String, String> headers = new TreeMap<>(first.headers());
    headers.put("ce_id", "another");
    events.add(message("events", events.size(), "windows", text(first), headers));

    assertFound(0, 1, 0);
  }

  @Test
  void check_findsOneWrong_whenTwoEventsShareAnId() throws Exception {
    Stored second = events.get(1);
    Map<String, String> headers = new TreeMap<>(second.headers());
    headers.put("ce_id", events.get(0).headers().get("ce_id"));
    events.set(1, message("events", 1, "windows", text(second), headers));

    assertFound(0, 0, 1);
  }

  @Test
  void check_findsOneWrong_whenTheTypeIsAnother() throws Exception {
    Stored second = events.get(1);
    Map<String, String> headers = new TreeMap<>(second.headers());
    headers.put("ce_type", "qoa.violation.opened");
    events.set(1, message("events", 1, "windows", text(second), headers));

    assertThat(assertFound(0, 0, 1))
        .contains("type is qoa.violation.opened, expected qoa.violation.continued");
  }

  @Test
  void check_findsOneWrong_whenAnythingElseIsSaid() throws Exception {
    List<Consumer<ObjectNode>> mutations =
        List.of(
            value -> value.put("observed", 0.2500001),
            value -> value.put("reports", 3),
            value -> value.put("since", "1970-01-01T00:01:42Z"),
            value -> value.put("aggregate", "MAX"),
            value -> value.put("metric", "latency"),
            value -> value.remove("since"),
            value -> ((ObjectNode) value.path("contract")).put("version", "1.0.1"),
            value -> ((ObjectNode) value.path("expected")).put("value", 0.2),
            value -> ((ObjectNode) value.at("/evidence/last")).put("offset", 0),
            value -> ((ObjectNode) value.at("/evidence/first")).put("partition", 1),
            value -> ((ObjectNode) value.path("evidence")).remove("worst"));
    for (Consumer<ObjectNode> mutation : mutations) {
      Stored good = events.get(0);
      change(0, mutation);

      assertFound(0, 0, 1);

      events.set(0, good);
    }
  }

  @Test
  void check_findsOneWrong_whenAnEventShouldNotBeThere() throws Exception {
    window("qoa.violation.opened", 104, 1, 0.05, "\"first\":4,\"last\":4", 104);
    change(events.size() - 1, value -> value.put("constraint", "another"));

    assertThat(assertFound(0, 0, 1)).contains("not expected");
  }

  @Test
  void check_findsIt_whenADeadLetterIsMissingOrTwiceOrWrong() throws Exception {
    Stored good = letters.remove(0);
    assertFound(1, 0, 0);

    letters.add(good);
    letters.add(good);
    assertFound(0, 1, 0);

    letters.clear();
    letter(5, "empty");
    assertFound(0, 0, 1);

    letters.clear();
    letters.add(good);
    letter(4, "not_json");
    assertFound(0, 0, 1);
  }

  @Test
  void check_findsIt_whenAStatusIsMissingOrWrong() throws Exception {
    Stored last = statuses.remove(1);
    assertFound(0, 0, 1);

    statuses.add(message("statuses", 3, "windows|latency|me|web|", null, Map.of()));
    assertFound(1, 0, 0);

    statuses.add(last);
    status("windows|latency|me||", "undetermined", 112, null);
    assertFound(0, 0, 1);
  }

  private Findings check() throws Exception {
    return new Checker(List.of(Terms.read(WINDOWS), Terms.read(EACH)), reports)
        .check(events, letters, statuses);
  }

  private String assertFound(long lost, long duplicated, long wrong) throws Exception {
    Findings findings = check();
    assertThat(List.of(findings.lost(), findings.duplicated(), findings.wrong()))
        .as(findings.differences().toString())
        .containsExactly(lost, duplicated, wrong);
    assertThat(findings.isClean()).isFalse();
    return findings.differences().get(0);
  }

  private void report(double time, double responseTime) {
    String text =
        """
        {"metadata":{"client_config":{"application_name":"shop"},"timestamp":%s},"service":{
        "web":{"metrics":{"response_time":{"web-1":{"records":[%s]}}}}}}"""
            .formatted(time, responseTime);
    reports.add(
        new Stored(
            new Place("reports", 0, reports.size()),
            (long) (time * 1_000),
            "shop".getBytes(StandardCharsets.UTF_8),
            text.getBytes(StandardCharsets.UTF_8),
            Map.of()));
  }

  /** An event about the window that starts at so many seconds. */
  private void window(
      String type, int start, int count, Double observed, String offsets, Integer since) {
    String observation = observed == null ? "" : "\"observed\":" + observed + ",";
    String evidence = offsets == null ? "" : "\"evidence\":{" + places(offsets) + "},";
    String opened = since == null ? "" : "\"since\":\"" + at(since) + "\",";
    String value =
        """
        {"contract":{"id":"windows","version":"1.0.0"},"stakeholder":{"id":"me"},"constraint":
        "latency","stage":"web","metric":"response_time","aggregate":"AVERAGE",%s"expected":
        {"operator":"less_equal","value":0.1},"application":"shop",%s%s"window":{"start":"%s",
        "end":"%s"},"reports":%d}"""
            .formatted(observation, evidence, opened, at(start), at(start + 2), count);
    event(type + start + count, type, value);
  }

  private static String each() {
    return """
        {"contract":{"id":"each","version":"1.0.0"},"stakeholder":{"id":"me"},"constraint":
        "request","metric":"response_time","aggregate":"MAX","observed":0.6,"expected":
        {"operator":"less_than","value":0.5},"application":"shop","evidence":{%s},
        "window":{"start":"%s","end":"%s"},"reports":1}"""
        .formatted(places("\"first\":2,\"last\":2,\"worst\":2"), at(103), at(103));
  }

  private static String places(String offsets) {
    return offsets.replaceAll("(\\d+)", "{\"topic\":\"reports\",\"partition\":0,\"offset\":$1}");
  }

  private static String at(int seconds) {
    return String.format(Locale.ROOT, "1970-01-01T00:%02d:%02dZ", seconds / 60, seconds % 60);
  }

  private void event(String id, String type, String value) {
    Map<String, String> headers = Map.of("ce_id", id, "ce_type", type);
    events.add(message("events", events.size(), "windows", value, headers));
  }

  private void letter(int offset, String reason) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("qoa.reason", reason);
    headers.put("qoa.topic", "reports");
    headers.put("qoa.partition", "0");
    headers.put("qoa.offset", String.valueOf(offset));
    letters.add(message("letters", letters.size(), "key", "not JSON", headers));
  }

  private void status(String key, String verdict, int start, Integer since) {
    String[] parts = key.split("\\|", -1);
    String stage = parts[3].isEmpty() ? "" : "\"stage\":\"" + parts[3] + "\",";
    String opened = since == null ? "" : "\"since\":\"" + at(since) + "\",";
    String value =
        """
        {"verdict":"%s","open":%s,%s"contract":{"id":"%s","version":"1.0.0"},"application":"shop",
        "constraint":"%s",%s"stakeholder":{"id":"me"},"window":{"start":"%s"}}"""
            .formatted(verdict, since != null, opened, parts[0], parts[1], stage, at(start));
    statuses.add(message("statuses", statuses.size(), key, value, Map.of()));
  }

  private void change(int index, Consumer<ObjectNode> change) throws Exception {
    Stored event = events.get(index);
    JsonNode value = JSON.readTree(event.value());
    change.accept((ObjectNode) value);
    events.set(
        index,
        message("events", event.place().offset(), "windows", value.toString(), event.headers()));
  }

  private static String text(Stored message) {
    return new String(message.value(), StandardCharsets.UTF_8);
  }

  private static Stored message(
      String topic, long offset, String key, String value, Map<String, String> headers) {
    return new Stored(
        new Place(topic, 0, offset),
        0,
        key.getBytes(StandardCharsets.UTF_8),
        value == null ? null : value.getBytes(StandardCharsets.UTF_8),
        headers);
  }
}
