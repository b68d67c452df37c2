package qoa.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  @Property(tries = 100)
  void decodesWhatItEncoded(@ForAll long judged, @ForAll long clock) {
    Checkpoint checkpoint = new Checkpoint(judged, clock);
    assertThat(Checkpoint.decode(checkpoint.encode())).isEqualTo(checkpoint);
  }

  @Test
  void decodesNothing_whereNothingWasLeft() {
    assertThat(Checkpoint.decode("")).isEqualTo(Checkpoint.NONE);
  }

  /** What another program may have committed, and what a broken one of ours would be. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "1",
        "2",
        "2,7",
        "2,7,0,",
        "2,seven,0",
        "2,,",
        "2,7,99999999999999999999",
        "3,7,0",
        "1,2,3",
        "1,7,0,0,,",
        "1,seven,0,0,",
        "1,7,,0,",
        "1,7,0,99999999999999999999,",
        "1,7,0,0,*",
        "1,7,0,0,AAAA"
      })
  void decodesNothing_whereItIsNotTheEngines(String metadata) {
    assertThat(Checkpoint.decode(metadata)).isEqualTo(Checkpoint.NONE);
  }

  /** As version 1 wrote it: 40 bits of FNV-1a of "shop" and of "mill", the latter 300 ms behind. */
  private static final String EARLIER = "1,42,-9223372036854775808,10000,";

  @Test
  void knowsHowFarAnEarlierVersionHadJudged() {
    assertThat(Checkpoint.decode(EARLIER)).isEqualTo(new Checkpoint(42, Long.MIN_VALUE));
  }

  @Test
  void knowsWhereEventTimeWas_byTheHashOfAnApplication() {
    EarlierCheckpoint earlier =
        EarlierCheckpoint.decode(EARLIER + entries("shop", "00") + entries("mill", "ac02"));
    assertThat(earlier.watermark("shop")).isEqualTo(10_000);
    assertThat(earlier.watermark("mill")).isEqualTo(9_700);
    assertThat(earlier.watermark("other")).isEqualTo(Long.MIN_VALUE);
    assertThat(EarlierCheckpoint.decode("1,42,77,10000,").watermark("other")).isEqualTo(77);
  }

  /** Each entry has six or nine bytes, which are base64 without padding. */
  private static String entries(String application, String varint) {
    StringBuilder hex = new StringBuilder("%010x".formatted(EarlierCheckpoint.hash(application)));
    hex.append(varint);
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);
    return bytes.length == 6
        ? java.util.Base64.getUrlEncoder().encodeToString(bytes)
        : java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
