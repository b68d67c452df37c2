package qoa.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  private final Redactor redactor = new Redactor();

  @Test
  void showsWhereAValueCameFrom() {
    redactor.hide("broker-7:9092", "${env:BROKERS}");

    assertThat(redactor.redact("cannot connect to broker-7:9092 (broker-7:9092)"))
        .isEqualTo("cannot connect to ${env:BROKERS} (${env:BROKERS})");
  }

  /** Quotes of values as in messages of the JDK, Kafka and OPA. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid header value: \"Bearer first-line",
        "second-\"line\" of it",
        "{\"message\":\"second-\\\"line\\\"\"}",
        "http://x/?token=second-%22line%22&y",
        "first-line\r\nsecond-\"line\""
      })
  void hidesEachLine_andItsForms(String quoted) {
    redactor.hide("first-line\r\nsecond-\"line\"", "${file:/token}");

    assertThat(redactor.redact(quoted))
        .contains("${file:/token}")
        .doesNotContain("first", "second");
  }

  @Test
  void hidesThePassword_withinASettingOfJaas() {
    redactor.hide("some.Module required username=\"alice\" password=\"hush!\";", "***");

    assertThat(redactor.redact("login of alice with hush! failed"))
        .isEqualTo("login of alice with *** failed");
  }

  @Test
  void hidesTheLongestFirst() {
    redactor.hide("hush", "***");
    redactor.hide("hush-hush", "${env:B}");

    assertThat(redactor.redact("hush-hush, hush")).isEqualTo("${env:B}, ***");
  }

  @Test
  void leavesShortValues_forTheyStandInOtherWords() {
    redactor.hide("on", "${env:A}");

    assertThat(redactor.redact("connection")).isEqualTo("connection");
  }

  @Test
  void stream_hidesInWhateverPiecesALineComes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out =
        RedactingStream.over(new PrintStream(bytes, true, StandardCharsets.UTF_8), redactor);
    redactor.hide("hush-ü", "***");

    out.print("a hu");
    out.print("sh-");
    out.print('ü');
    out.println(" b");
    new IllegalStateException("hush-ü").printStackTrace(out);
    out.print("\r12 reports");

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("a *** b\n")
        .contains("IllegalStateException: ***\n\tat ")
        .endsWith("\r12 reports")
        .doesNotContain("hush");
  }
}
