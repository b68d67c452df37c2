package qoa.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.core.model.Verdict;

class EventJsonTest {

  @Test
  void value_hasAllFieldsInOneOrder() {
    Event event = opened();

    assertThat(new String(EventJson.value(event), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"contract":{"id":"object-detection","version":"1.2.0"},\
            "stakeholder":{"id":"aaltosea1","roles":["ml_provider"]},"consumers":["student1"],\
            "constraint":"gateway-latency","stage":"gateway","metric":"response_time",\
            "aggregate":"AVERAGE","observed":0.25,\
            "expected":{"operator":"less_equal","value":0.1,"unit":"s"},"severity":"major",\
            "application":"detector",\
            "window":{"start":"2026-11-23T10:00:00Z","end":"2026-11-23T10:00:10Z"},"reports":3,\
            "evidence":{"first":{"topic":"reports","partition":0,"offset":2},\
            "last":{"topic":"reports","partition":0,"offset":8},\
            "worst":{"topic":"reports","partition":0,"offset":5}},\
            "policy":{"package":"qoa.contract","revision":"0011223344556677"},\
            "since":"2026-11-23T10:00:00Z"}""");
    EventSchema.assertValid(event);
  }

  @Test
  void line_startsWithTypeAndId() {
    Event event = opened();

    assertThat(EventJson.line(event))
        .startsWith(
            "{\"type\":\"qoa.violation.opened\",\"id\":\"" + event.id() + "\",\"contract\":{");
    EventSchema.assertValidLine(EventJson.line(event));
  }

  /** What one reader of the topic prints is what an engine would have printed. */
  @Test
  void isReadAgain_asItWasWritten() throws Exception {
    List<Event> events = new ArrayList<>(List.of(opened()));
    events.add(Events.failed(Given.contract(), Given.window(0, 1), "no function", Given.REVISION));
    events.addAll(
        Events.ofReport(
            Given.contract(),
            Given.late(7),
            List.of(Given.verdict(Verdict.Kind.VIOLATED), Given.message("too slow")),
            Given.REVISION));

    for (Event event : events) {
      Map<String, String> attributes =
          Map.of(
              "type", event.type().label(),
              "id", event.id(),
              "subject", event.subject(),
              "time", Instant.ofEpochMilli(event.time()).toString());
      assertThat(EventReader.read(attributes, EventJson.value(event))).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"contract\":{\"id\":\"a\",\"version\":\"1\"}}", "{"})
  void isNotRead_whenItIsNoEvent(String value) {
    Map<String, String> attributes =
        Map.of(
            "type", "qoa.violation.opened",
            "id", "0",
            "subject", "a/b",
            "time", "2026-11-23T10:00:00Z");

    assertThatThrownBy(() -> EventReader.read(attributes, Given.bytes(value)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> EventReader.read(Map.of(), EventJson.value(opened())))
        .isInstanceOf(IOException.class)
        .hasMessage("not an event of an engine: no header ce_type");
  }

  @Test
  void late_standsThere_onlyWhenTheReportWas() {
    Event event =
        Events.ofReport(
                Given.contract(),
                Given.late(7),
                List.of(Given.verdict(Verdict.Kind.VIOLATED)),
                Given.REVISION)
            .get(0);

    assertThat(Given.json(EventJson.line(event)).get("late").booleanValue()).isTrue();
    EventSchema.assertValid(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"contract", "application", "window", "reports", "policy"})
  void schema_refusesAMissingField(String field) {
    ObjectNode value = value();
    value.remove(field);

    assertThat(EventSchema.problems(value)).isNotEmpty();
  }

  @Test
  void schema_refusesWhatItDoesNotKnow() {
    assertThat(EventSchema.problems(value().put("extra", 1))).isNotEmpty();
    assertThat(EventSchema.problems(value().put("late", false))).isNotEmpty();
    assertThat(EventSchema.problems(value().put("since", "yesterday"))).isNotEmpty();
    assertThat(EventSchema.problems(value().put("since", "2026-11-23T10:00:00+01:00")))
        .isNotEmpty();
    assertThat(EventSchema.problems(value().put("reports", -1))).isNotEmpty();
  }

  /** A policy can make such a text out of what stands in a report. */
  @Test
  void whatIsNoCharacter_isAQuestionMark() {
    Event event =
        new Lifecycle(Given.PARTITION)
            .window(
                Given.contract(),
                Given.window(0, 3),
                List.of(Given.message("half \ud800 a pair")),
                Given.REVISION)
            .events()
            .get(0);

    assertThat(new String(EventJson.value(event), StandardCharsets.UTF_8))
        .contains("half ? a pair");
  }

  private static ObjectNode value() {
    return (ObjectNode) Given.json(new String(EventJson.value(opened()), StandardCharsets.UTF_8));
  }

  private static Event opened() {
    return new Lifecycle(Given.PARTITION)
        .window(
            Given.contract(),
            Given.window(0, 3),
            List.of(Given.verdict(Verdict.Kind.VIOLATED)),
            Given.REVISION)
        .events()
        .get(0);
  }
}
