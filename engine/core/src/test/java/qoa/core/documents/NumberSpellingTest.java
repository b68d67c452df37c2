package qoa.core.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rejects a number that YAML readers interpret differently. */
class NumberSpellingTest {

  private static final String QUOTES = ", or quote it if it is text";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "010 | the number 8 (base 8) in YAML 1.1, and 10 in YAML 1.2; write 10 or 8",
        "-010 | the number -8 (base 8) in YAML 1.1, and -10 in YAML 1.2; write -10 or -8",
        "007 | a number in base 8 in YAML 1.1; write 7",
        "08 | the number 8 for some YAML readers and text for others; write 8",
        "00.5 | the number 0.5 for some YAML readers and text for others; write 0.5",
        "1_000 | the number 1000 for some YAML readers and text for others; write 1000",
        "1_000.5 | the number 1000.5 for some YAML readers and text for others; write 1000.5",
        "1.5_0 | the number 1.5 for some YAML readers and text for others; write 1.5",
        "0o17 | the number 15 (base 8) in YAML 1.2; write 15",
        "0b101 | the number 5 (base 2) in YAML 1.1; write 5",
        "0x1F | the number 31 (base 16); write 31",
        "-0x1_F | the number -31 (base 16); write -31",
        "1:30 | the number 90 (base 60) in YAML 1.1; write 90",
        "-1:30:00 | the number -5400 (base 60) in YAML 1.1; write -5400",
        "1:30.5 | a number in base 60 in YAML 1.1; write decimal digits",
        "1e3 | the number 1000 for some YAML readers and text for others; write 1000",
        "1.5e3 | the number 1500 for some YAML readers and text for others; write 1500",
        "1e-3 | the number 0.001 for some YAML readers and text for others; write 0.001",
        "1E-9 | the number 1.0e-9 for some YAML readers and text for others; write 1.0e-9",
        "2e30 | the number 2.0e+30 for some YAML readers and text for others; write 2.0e+30",
        "1e999 | a number for some YAML readers and text for others; write plain digits",
        "-.5 | the number -0.5 for some YAML readers and text for others; write -0.5",
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
                + "… is a number for some YAML readers and text for others; write plain digits"
                + QUOTES);
    assertThat(refusal("a: 0x" + ones)).contains("a number in base 16 for some readers");
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

  /** Numbers in braces that a comma splits, and entries that only look like one. */
  @Test
  void refusesANumberThatACommaCuts() throws ProblemsException {
    assertThat(refusal("😀: {a: 0,8}"))
        .isEqualTo(
            "x.yaml:1: /😀/a: is written 0,8; YAML reads this as the number 0 and a key 8; use a"
                + " decimal point: 0.8");
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
