package qoa.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  private static final long NO_FLOOR = Long.MIN_VALUE;

  @Property(tries = 300)
  void decodesWhatItEncoded(@ForAll Random random, @ForAll @IntRange(max = 50) int size) {
    Map<Long, Long> watermarks = new HashMap<>();
    for (int i = 0; i < size; i++) {
      watermarks.put(random.nextLong(1L << 40), anyTime(random));
    }
    Checkpoint checkpoint =
        new Checkpoint(random.nextLong(Long.MAX_VALUE), watermarks, anyTime(random));

    assertThat(Checkpoint.decode(checkpoint.encode())).isEqualTo(checkpoint);
  }

  private static long anyTime(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> random.nextLong(1L << 42);
      default -> random.nextLong();
    };
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
        "1,2,3",
        "2,7,0,0,",
        "1,7,0,0,,",
        "1,seven,0,0,",
        "1,7,,0,",
        "1,7,0,99999999999999999999,",
        "1,7,0,0,*",
        "1,7,0,0,AAAA",
        "1,7,0,0,AAAAAAA",
        "1,7,0,0,AAAAAACA",
        "{\"offset\":7}"
      })
  void decodesNothing_whereItIsNotOurs(String metadata) {
    assertThat(Checkpoint.decode(metadata)).isEqualTo(Checkpoint.NONE);
  }

  @Property(tries = 500)
  void decodesAnything(@ForAll String metadata) {
    assertThat(Checkpoint.decode(metadata)).isNotNull();
    assertThat(Checkpoint.decode("1,7,0,0," + metadata)).isNotNull();
  }

  /** Times from 1970 to 2109, which is as far apart as six bytes say. */
  @Property(tries = 100)
  void isNeverLongerThanItMay(
      @ForAll Random random, @ForAll @IntRange(min = 1_024, max = 20_000) int bytes) {
    int room = Checkpoint.room(bytes);
    Map<Long, Long> open = new HashMap<>();
    while (open.size() < room) {
      open.put(random.nextLong(1L << 40), open.isEmpty() ? (1L << 42) - 1 : 0);
    }
    Checkpoint full = Checkpoint.of(Long.MAX_VALUE, open, Map.of(), NO_FLOOR, room);

    assertThat(full.watermarks()).hasSize(room);
    assertThat(full.encode().length()).isBetween(bytes - 60, bytes);
  }

  @Test
  void keepsWhatIsOpen_andTheLatestOfTheOthers() {
    Checkpoint checkpoint =
        Checkpoint.of(9, Map.of(1L, 10L), Map.of(2L, 40L, 3L, 30L, 4L, 20L), NO_FLOOR, 3);

    assertThat(checkpoint.watermarks()).isEqualTo(Map.of(1L, 10L, 2L, 40L, 3L, 30L));
    assertThat(checkpoint.judged()).isEqualTo(9);
  }

  @Test
  void floor_isTheLatestLeftOut_andNeverFalls() {
    Map<Long, Long> closed = Map.of(2L, 40L, 3L, 30L, 4L, 20L);

    assertThat(Checkpoint.of(9, Map.of(), closed, NO_FLOOR, 3).floor()).isEqualTo(NO_FLOOR);
    assertThat(Checkpoint.of(9, Map.of(), closed, NO_FLOOR, 1).floor()).isEqualTo(30);
    assertThat(Checkpoint.of(9, Map.of(), closed, 35, 1).floor()).isEqualTo(35);
  }

  @Test
  void floor_staysWhereItIs_forAnApplicationThatIsOpenAgain() {
    Checkpoint checkpoint = Checkpoint.of(9, Map.of(1L, 50L), Map.of(1L, 40L), NO_FLOOR, 1);

    assertThat(checkpoint.watermarks()).isEqualTo(Map.of(1L, 50L));
    assertThat(checkpoint.floor()).isEqualTo(NO_FLOOR);
  }

  @Test
  void watermark_isTheFloor_whereTheApplicationWasLeftOut() {
    Checkpoint checkpoint = new Checkpoint(9, Map.of(Checkpoint.hash("shop"), 50L), 20);

    assertThat(checkpoint.watermark("shop")).isEqualTo(50);
    assertThat(checkpoint.watermark("bank")).isEqualTo(20);
    assertThat(Checkpoint.NONE.watermark("shop")).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void hash_tellsApplicationsApart_inFortyBits() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      hashes.add(Checkpoint.hash("application-" + i));
    }
    assertThat(hashes).hasSize(1_000).allMatch(hash -> hash >>> 40 == 0);
  }
}
