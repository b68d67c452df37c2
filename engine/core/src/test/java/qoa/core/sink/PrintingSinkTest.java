package qoa.core.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import qoa.core.lifecycle.EventSchema;
import qoa.core.lifecycle.Events;
import qoa.core.lifecycle.Given;
import qoa.core.lifecycle.Lifecycle;
import qoa.core.model.DeadLetter;
import qoa.core.model.Verdict;

class PrintingSinkTest {

  private static final Summary SUMMARY =
      new Summary(
          new Summary.Read(1234556, 8, 2, new TreeMap<>(Map.of(DeadLetter.Reason.NOT_JSON, 1L))),
          new Summary.Evaluations(6, 7, 11),
          new TreeMap<>(
              Map.of(
                  "b", new Summary.Verdicts(5, 1, 0),
                  "a", new Summary.Verdicts(0, 3, 3),
                  "c", Summary.Verdicts.NONE)));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream letterBytes = new ByteArrayOutputStream();
  private final PrintStream deadLetters =
      new PrintStream(letterBytes, true, StandardCharsets.UTF_8);
  private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

  @Test
  void json_printsEventsAndTheSummary() {
    run(PrintingSink.json(out, deadLetters));

    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(6);
    lines.subList(0, 5).forEach(EventSchema::assertValidLine);
    assertThat(lines.get(5))
        .isEqualTo(
            "{\"type\":\"summary\",\"reports\":1234567,\"evaluations\":6,\"met\":5,\"violated\":4,"
                + "\"undetermined\":3,\"silent\":11,\"late\":2,\"dead_letters\":1,"
                + "\"evaluated\":1234556,\"unmatched\":8,\"failed\":7,"
                + "\"contracts\":{\"a\":{\"met\":0,\"violated\":3,\"undetermined\":3},"
                + "\"b\":{\"met\":5,\"violated\":1,\"undetermined\":0},"
                + "\"c\":{\"met\":0,\"violated\":0,\"undetermined\":0}},"
                + "\"unjudged\":[\"c\"]}");
    assertThat(letterBytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("dead letter  reports:8: not_json: at byte 1: expected a value\n");
  }

  @Test
  void text_printsALineForPeople() {
    run(PrintingSink.text(out));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            2026-11-23T10:00:10Z  OPENED        object-detection gateway-latency at gateway | aaltosea1 -> student1 | AVERAGE response_time at gateway is 0.25 s, promised less_equal 0.1 s | major
            2026-11-23T10:00:20Z  RESOLVED      object-detection gateway-latency at gateway | aaltosea1 -> student1 | AVERAGE response_time at gateway is 0.25 s, promised less_equal 0.1 s | major
            2026-11-23T10:00:10Z  VIOLATED      object-detection gateway-latency at gateway | aaltosea1 -> student1 | AVERAGE response_time at gateway is 0.25 s, promised less_equal 0.1 s | major | late report
            2026-11-23T10:00:00Z  VIOLATED      object-detection | too slow
            2026-11-23T10:00:10Z  POLICY ERROR  object-detection | no such function
            dead letter  reports:8: not_json: at byte 1: expected a value
            reports          1,234,567
            evaluations              6
            met                      5
            violated                 4
            undetermined             3
            silent                  11
            late                     2
            dead letters             1
            evaluated        1,234,556
            unmatched                8
            failed                   7
            unjudged                 1  c
            """);
  }

  private static void run(PrintingSink sink) {
    Lifecycle lifecycle = new Lifecycle(Given.PARTITION);
    Verdict violated = Given.verdict(Verdict.Kind.VIOLATED);
    Verdict met = Given.verdict(Verdict.Kind.MET);
    String revision = Given.REVISION;
    try (sink) {
      lifecycle
          .window(Given.contract(), Given.window(0, 3), List.of(violated), revision)
          .events()
          .forEach(sink::event);
      lifecycle
          .window(Given.contract(), Given.window(1, 3), List.of(met), revision)
          .events()
          .forEach(sink::event);
      Events.ofReport(Given.contract(), Given.late(7), List.of(violated), revision)
          .forEach(sink::event);
      Events.ofReport(
              Given.contract(), Given.each(7), List.of(Given.message("too\nslow")), revision)
          .forEach(sink::event);
      sink.event(Events.failed(Given.contract(), Given.window(0, 1), "no such function", revision));
      sink.deadLetter(Given.deadLetter(7, Given.bytes("{")));
      sink.summary(SUMMARY);
    }
  }
}
