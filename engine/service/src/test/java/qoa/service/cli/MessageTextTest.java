package qoa.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageTextTest {

  @Test
  void of_indentsJson_asItIsWritten() {
    String json = "{\"a\":1e400,\"a\":[1.10,-0,true,null,\"\\u001b\u202e\"],\"b\":{}} 2";

    assertThat(of(json))
        .isEqualTo(
            """
            {
              "a" : 1e400,
              "a" : [
                1.10,
                -0,
                true,
                null,
                "\\u001B\\u202e"
              ],
              "b" : { }
            } 2
            """);
  }

  /** Jackson's table of known keys breaks on keys that collide on purpose. */
  @Test
  void of_indentsJson_whateverItsKeys() {
    StringBuilder json = new StringBuilder("{\"" + "k".repeat(60_000) + "\":0");
    for (int i = 0; i < 10_000; i++) {
      json.append(",\"");
      for (int bit = 0; bit < 16; bit++) {
        json.append((i >> bit & 1) == 0 ? "Aa" : "B@");
      }
      json.append("\":0");
    }
    assertThat(of(json + "}")).hasLineCount(10_003);
  }

  @Test
  void of_givesText_whereItIsNoJson() {
    assertThat(of("{\"a\": \033[2J\nNaN")).isEqualTo("{\"a\": \\u001b[2J\nNaN\n");
    assertThat(of("")).isEmpty();
    assertThat(of("[".repeat(100_000))).isEqualTo("[".repeat(100_000) + "\n");
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(of(deep)).isEqualTo(deep + "\n");
  }

  @Test
  void of_dumpsBytes_whereTheyAreNoText() {
    byte[] bytes = "0123456789abcdef\n\u00ff~".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(MessageText.of(bytes))
        .isEqualTo(
            """
            00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|
            00000010  0a ff 7e                                         |..~|
            """);
  }

  @Test
  void of_saysSo_whereThereIsNone() {
    assertThat(MessageText.of(null)).isEqualTo("(none)\n");
  }

  private static String of(String text) {
    return MessageText.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
