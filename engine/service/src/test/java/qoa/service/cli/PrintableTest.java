package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrintableTest {

  private static final Map<String, String> SHOWN =
      Map.of(
          "\033[2J\007",
          "\\u001b[2J\\u0007",
          "\u009b31m",
          "\\u009b31m",
          "a\r\nb\tc",
          "a\\u000d\\u000ab\\u0009c",
          "\u202eevil\u200b",
          "\\u202eevil\\u200b",
          "\u2028\ud800\ue000",
          "\\u2028\\ud800\\ue000",
          new String(Character.toChars(0xE0041)),
          "\\udb40\\udc41",
          "häßlich 漢字 🙂 \\ \"",
          "häßlich 漢字 🙂 \\ \"");

  @Test
  void line_showsByItsNumber_whatATerminalWouldObey() {
    SHOWN.forEach((text, shown) -> assertThat(Printable.line(text)).isEqualTo(shown));
  }

  @Test
  void lines_keepsLinesAndTabs_andNothingElse() {
    assertThat(Printable.lines("a\n\tb\r\033")).isEqualTo("a\n\tb\\u000d\\u001b");
  }
}
