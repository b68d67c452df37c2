package qoa.core.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import qoa.core.decode.ReportDecoder;
import qoa.core.decode.UndecodableException;
import qoa.core.model.Incoming;
import qoa.core.model.RawReport;
import qoa.core.settings.LimitsConfig;

class FileSourceTest {

  private static final int MEBI = 1 << 20;

  /** A file without a line's end may be as long as it likes: it is one message, and refused. */
  @Test
  void keepsOfALineThatIsTooLong_asMuchAsShowsThat() {
    InputStream endless =
        new InputStream() {
          private long left = 64L * MEBI;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            int size = (int) Math.min(left, length);
            Arrays.fill(bytes, offset, offset + Math.max(0, size), (byte) 'x');
            left -= size;
            return size <= 0 ? -1 : size;
          }
        };
    try (FileSource source = new FileSource("f", endless, 0, MEBI)) {
      List<Incoming> batch = source.poll(0);
      assertThat(batch).hasSize(1);
      RawReport raw = (RawReport) batch.get(0);
      assertThat(raw.value()).hasSize(MEBI + 1);
      ReportDecoder decoder = new ReportDecoder(LimitsConfig.defaults());
      assertThat(catchThrowableOfType(UndecodableException.class, () -> decoder.decode(raw)))
          .hasMessage("larger than limits.report-bytes, which is 1,048,576");
      assertThat(source.isExhausted()).isTrue();
    }
  }

  @Test
  void goesOnBehindALineThatIsTooLong() {
    String text = "x".repeat(50) + "\nabc\n\n" + "y".repeat(11) + "\n" + "z".repeat(10);
    try (FileSource source =
        new FileSource("f", new ByteArrayInputStream(text.getBytes(UTF_8)), 0, 10)) {
      assertThat(source.poll(0))
          .extracting(message -> new String(((RawReport) message).value(), UTF_8))
          .containsExactly("x".repeat(11), "abc", "y".repeat(11), "z".repeat(10));
    }
  }

  /** A thousand reports may be a GiB. */
  @Test
  void givesFewLongLinesAtOnce() {
    String text = ("x".repeat(MEBI / 2) + "\n").repeat(9);
    int lines = 0;
    try (FileSource source = new FileSource("f", new ByteArrayInputStream(text.getBytes(UTF_8)))) {
      while (!source.isExhausted()) {
        List<Incoming> batch = source.poll(0);
        assertThat(batch).hasSizeLessThan(3);
        lines += batch.size();
      }
    }
    assertThat(lines).isEqualTo(9);
  }
}
