package qoa.core.windows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.model.Partition;

class SenderClocksTest {

  private static final Partition REPORTS = new Partition("reports", 0);
  private static final long IDLE = 10;
  private static final long INTRODUCTION = 5;

  /**
   * What arrives, one item a report: {@code a=5} is one of sender a with event time 5 and no record
   * time, {@code a=5/7} one with record time 7. {@code 9} is the wall clock, with all read; {@code
   * 9-} with more to read. Then the time; {@code -} for none. Idle timeout 10, introduction 5.
   */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no sender                               | 0                                         | -
          one alone, not introduced               | a=1 a=5                                   | -
          one alone, introduced                   | a=1 a=6                                   | 6
          its clock goes on by its records        | a=1/1 a=2/6                               | 2
          no further than its records             | a=1/1 a=99/7                              | 7
          two: the second                         | a=1 b=2                                   | 1
          whichever that is                       | a=1 b=2 a=5                               | 2
          it goes on as the other's clock does    | b=0 a=1 a=2 a=3 a=4                       | 2
          one far ahead, first                    | a=300 b=1 c=2 b=3                         | 3
          one far ahead, later                    | a=1 b=1 a=2 a=300 b=2 b=3                 | 3
          one report far ahead                    | a=1 b=1 a=2 a=300 a=3 b=3 a=4 b=4         | 4
          one report far ahead, the other silent  | b=1 a=1 a=300 a=2                         | 1
          one always ahead                        | a=301 b=1 a=302 b=2 a=303 b=3 a=304 b=4   | 4
          one always ahead, many beside it        | a=301 b=1 c=1 d=2 a=303 d=3 c=4           | 4
          its records too                         | a=301/301 b=1/1 a=302/302 b=2/2           | 2
          introduced by its event times           | a=1/9 a=6/9                               | 6
          ahead of Kafka, alone                   | a=301/1 a=309/9                           | 9
          two ahead of Kafka                      | a=301/1 b=302/2 a=309/9 b=310/10          | 9
          one jumps twice, a third one reports     | b=5/5 a=5/5 a=8/8 c=4/6 a=25/25           | 5
          its time counts                         | b=5/5 a=5/5 a=6/6 a=7/7 a=8/8 c=4/6 a=9/9 | 6
          one that is out of order                | a=5 b=6 a=4 b=3                           | 5
          one behind, many beside it              | z=1 a=300 b=301 a=302 b=303               | 302
          one behind, two beside it by now        | a=300 z=1 b=301                           | 300
          stale by its records, not waited for    | a=300/300 z=2/301 a=306/306               | 306
          stale by its records, comes first       | z=2/301 a=301/301 a=307/307               | 307
          all stale alike                         | a=1/301 b=2/302 a=3/303                   | 2
          one fell silent, by the other's clock   | b=1 a=1 a=4 a=7 a=10 a=13 a=16            | 16
          not in one long step                    | b=1 a=1 a=300                             | 1
          nor while it reports at times           | b=1 a=1 a=4 a=7 a=10 b=9 a=13 a=16        | 12
          silent, and back                        | b=1 a=1 a=4 a=7 a=10 a=13 a=16 b=2        | 2
          one took another's place                | b=1 c=90 c=93 c=96 c=99 c=102 c=105 c=108 | 108
          one took another's place, after a gap   | a=1 a=9 b=900 b=903 b=906 b=909 b=912 b=915 | 915
          the one ahead fell silent               | a=300 b=1 b=4 b=7 b=10 b=13 b=16          | 16
          the one ahead fell silent, another came | a=300 b=1 b=4 b=7 b=10 b=13 b=16 c=17 b=18 | 17
          silent by the wall clock                | b=1 a=1 9 a=7 10                          | 7
          not before the timeout                  | b=1 a=1 9 a=7 9                           | 1
          not while there is more to read         | b=1 a=1 9 a=7 10-                         | 1
          all silent: none is idle                | b=1 a=7 10                                | 1
          a sender without a name is one          | =1 =2 =7                                  | 7
          """)
  void rules(String rule, String story, String expected) {
    SenderClocks clocks = play(new SenderClocks(IDLE, INTRODUCTION), story);
    assertThat(clocks.value())
        .isEqualTo(expected.equals("-") ? Long.MIN_VALUE : Long.parseLong(expected));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "b=1 a=1 a=4 a=7,a=10 a=13 a=16",
    "a=1/1,a=2/6",
    "a=300 b=1 b=4 b=7,b=10 b=13 b=16 c=17 b=18",
    "a=300/300,z=2/301 a=306/306",
    "b=1 a=1 a=4 a=7 a=10 a=13 a=16,b=2 a=17"
  })
  void goesOnFromWhatWasSaved(String before, String after) {
    SenderClocks whole = play(new SenderClocks(IDLE, INTRODUCTION), before + ' ' + after);
    SenderClocks cut = new SenderClocks(IDLE, INTRODUCTION);
    cut.restore(play(new SenderClocks(IDLE, INTRODUCTION), before).save(), 0);
    play(cut, after);
    assertThat(cut.save()).isEqualTo(whole.save());
    assertThat(cut.value()).isEqualTo(whole.value());
  }

  @Test
  void keepsTwoSenders_howeverManyThereAre() {
    SenderClocks clocks = new SenderClocks(IDLE, INTRODUCTION);
    for (int i = 0; i < 10_000; i++) {
      clocks.take(REPORTS, "sender-" + i, i, 0, 0);
    }
    assertThat(clocks.save()).hasSize(2);
    assertThat(clocks.value()).isEqualTo(9_998);
  }

  private static SenderClocks play(SenderClocks clocks, String story) {
    long now = 0;
    for (String item : story.split(" ", -1)) {
      int equals = item.indexOf('=');
      if (equals < 0) {
        now = Long.parseLong(item.replace("-", ""));
        long caughtUpSince = item.endsWith("-") ? Long.MAX_VALUE : 0;
        clocks.advance(source -> caughtUpSince, now);
      } else {
        String[] times = item.substring(equals + 1).split("/", -1);
        long recordTime = times.length == 1 ? 0 : Long.parseLong(times[1]);
        clocks.take(REPORTS, item.substring(0, equals), Long.parseLong(times[0]), recordTime, now);
      }
    }
    return clocks;
  }
}
