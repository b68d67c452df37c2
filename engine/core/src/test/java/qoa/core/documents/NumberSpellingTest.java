package qoa.core.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A number in YAML is one that every reader of YAML reads alike, or it is refused. */
class NumberSpellingTest {

  private static final String QUOTES = ", or put quotes around it if it is a text";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "010 | the number 8 in base 8 to YAML 1.1, and 10 to YAML 1.2; write 10 or 8",
        "-010 | the number -8 in base 8 to YAML 1.1, and -10 to YAML 1.2; write -10 or -8",
        "007 | a number in base 8 to YAML 1.1; write 7",
        "08 | the number 8 to some readers of YAML and a text to others; write 8",
        "00.5 | the number 0.5 to some readers of YAML and a text to others; write 0.5",
        "1_000 | the number 1000 to some readers of YAML and a text to others; write 1000",
        "1_000.5 | the number 1000.5 to some readers of YAML and a text to others; write 1000.5",
        "1.5_0 | the number 1.5 to some readers of YAML and a text to others; write 1.5",
        "0o17 | the number 15 in base 8 to YAML 1.2; write 15",
        "0b101 | the number 5 in base 2 to YAML 1.1; write 5",
        "0x1F | the number 31 in base 16; write 31",
        "-0x1_F | the number -31 in base 16; write -31",
        "1:30 | the number 90 in base 60 to YAML 1.1; write 90",
        "-1:30:00 | the number -5400 in base 60 to YAML 1.1; write -5400",
        "1:30.5 | a number in base 60 to YAML 1.1; write decimal digits",
        "1e3 | the number 1000 to some readers of YAML and a text to others; write 1000",
        "1.5e3 | the number 1500 to some readers of YAML and a text to others; write 1500",
        "1e-3 | the number 0.001 to some readers of YAML and a text to others; write 0.001",
        "1E-9 | the number 1.0e-9 to some readers of YAML and a text to others; write 1.0e-9",
        "2e30 | the number 2.0e+30 to some readers of YAML and a text to others; write 2.0e+30",
        "1e999 | a number to some readers of YAML and a text to others; write plain digits",
        "-.5 | the number -0.5 to some readers of YAML and a text to others; write -0.5",
      })
  void refusesWhatReadersOfYamlReadDifferently(String written, String message) {
    for (String text : new String[] {"a: " + written, "{a: " + written + "}", "a:\n  " + written}) {
      assertThat(refusal(text)).as(text).endsWith(": /a: " + written + " is " + message + QUOTES);
    }
  }

  @Test
  void namesTheBeginningOfALongOne() {
    String ones = "1".repeat(50);
    assertThat(refusal("a: 1_" + ones))
        .isEqualTo(
            "x.yaml:1: /a: 1_"
                + "1".repeat(38)
                + "… is a number to some readers of YAML and a text to others; write plain digits"
                + QUOTES);
    assertThat(refusal("a: 0x" + ones)).contains("a number in base 16 to some readers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+1",
        "1",
        "10",
        "0.5",
        "-0.5",
        "1.",
        ".5",
        "1.0e+3",
        "1.5e-3",
        "0.0",
        "1.10",
        "123456789012345678901234567890"
      })
  void readsWhatAllReadersReadAlike(String written) throws ProblemsException {
    assertThat(DocumentReader.parse("a: " + written, "x.yaml").root().path("a").decimalValue())
        .isEqualByComparingTo(new java.math.BigDecimal(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.0",
        "2026-11-23",
        "127.0.0.1:9092",
        "10s",
        "1:75",
        "_1",
        "1-2",
        "0xyz",
        "--",
        "1 000",
        "'010'",
        "\"1_000\"",
        "!!str 010",
        "'1:30'",
        "|\n  010",
        "é 010",
        "v1_000",
        "1,000"
      })
  void leavesTextsAlone(String written) throws ProblemsException {
    assertThat(DocumentReader.parse("é: 😀\na: " + written, "x.yaml").root().path("a").isTextual())
        .isTrue();
  }

  /** A number in braces that a comma cuts in two, and what only looks like one. */
  @Test
  void refusesANumberThatACommaCuts() throws ProblemsException {
    assertThat(refusal("😀: {a: 0,8}"))
        .isEqualTo(
            "x.yaml:1: /😀/a: is written 0,8, which YAML reads as the number 0 and a key 8; use a"
                + " point: 0.8");
    assertThat(refusal("{a: 1,\nb: [2], c: 3,5, d: 4}")).startsWith("x.yaml:2: /c: is written 3,5");
    for (String sound :
        new String[] {
          "{a: 1, b: 2}",
          "{a: 1, 8: x}",
          "{a: 1, 8: null}",
          "{a: x, 8}",
          "a: 1\n8:\n",
          "[0,8]",
          "{a: '1', 8}",
          "{a: {b: 1}, 8}"
        }) {
      assertThat(DocumentReader.parse(sound, "x.yaml").root().isContainerNode()).as(sound).isTrue();
    }
  }

  @Test
  void leavesJsonToItsOwnRules() throws ProblemsException {
    assertThat(DocumentReader.parse("{\"a\": 1e3}", "x.json").root()).hasToString("{\"a\":1000.0}");
  }

  private static String refusal(String content) {
    return catchThrowableOfType(
            ProblemsException.class, () -> DocumentReader.parse(content, "x.yaml"))
        .getMessage();
  }
}
