package qoa.core.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.model.ReportKind;

class WatermarkTest {

  private static final Partition A = new Partition("reports", 0);
  private static final Partition B = new Partition("reports", 1);
  private static final long IDLE = 10;
  private static final long LEASE = 5;

  /**
   * What happens, one item each: {@code expect:AB} the partitions that there are, {@code A=5@3} a
   * report of A with event time 5 at clock 3, {@code A=5@3/x} one of sender x, {@code A=5@3!} one
   * that was judged before a restart, {@code A+@3} a mark that A is read to its end, {@code A-@3}
   * that it is not, {@code @9} the clock advances to 9. Then the watermark; {@code -} for none.
   * Idle timeout 10, lease of a mark 5.
   */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none before the first report          | expect:A                                    | -
          the latest event time of one partition| expect:A A=5@0 A=4@1                        | 5
          a partition not expected counts too   | A=5@0                                       | 5
          the smallest over partitions          | expect:AB A=1@0 B=2@0 A=9@0                 | 2
          never goes back                       | expect:AB A=9@0 B=9@0 B=2@0 A=12@0          | 9
          waits for a partition without reports | expect:AB A=9@0 @0                          | -
          waits for one that is behind          | expect:AB B-@0 A=9@0 B-@1 B-@2 @2           | -
          not for one that has nothing          | expect:AB B+@0 A=9@0 B+@1 B+@2 @2           | 9
          a mark from before proves nothing     | expect:AB B+@0 B+@0 A=9@0                   | -
          nor one that was on its way           | expect:AB B+@0 A=9@0 B+@1 @1                | -
          what comes after such a mark counts   | expect:AB B+@0 A=9@0 B+@1 B=2@1 B+@2 @2     | 2
          one mark after it was behind is enough| expect:AB B-@0 A=9@0 B-@1 B+@2 @2           | 9
          each time waits for a mark of its own | expect:AB B+@0 A=8@0 B+@1 A=9@1 B+@2 @2     | 8
          and then it is there                  | expect:AB B+@0 A=8@0 B+@1 A=9@1 B+@2 B+@3 @3 | 9
          waits again when marks are too old    | expect:AB B+@0 A=9@0 B+@1 A=11@1 B+@2 @2 A=13@8 @8 | 9
          continues when a mark comes again     | expect:AB B+@0 A=9@0 B+@1 A=11@1 B+@2 @2 B+@8 @8 | 11
          an idle partition does not count      | expect:AB A=1@0 B=1@0 B+@0 B+@4 B+@8 A=20@9 B+@10 @10 B+@11 @11 B+@12 @12 | 20
          not before its time                   | expect:AB A=1@0 B=1@0 B+@0 B+@4 B+@8 A=20@8 B+@8 B+@9 @9 | 1
          nor before a mark that came later     | expect:AB A=1@0 B=1@0 B+@0 B+@4 B+@8 A=20@9 B+@10 @10 | 1
          not while it is behind                | expect:AB A=1@0 B=1@0 B-@0 B-@10 A=20@11 B-@11 B-@12 @12 | 1
          not while there are no marks of it    | expect:AB A=1@0 B=1@0 B+@0 A=20@11 @11 @12  | 1
          idle time counts from its end on      | expect:AB A=1@0 B=1@0 B-@0 A=20@8 B+@8 B+@12 B+@16 B+@17 @17 | 1
          and is up when it is                  | expect:AB A=1@0 B=1@0 B-@0 A=20@8 B+@8 B+@12 B+@16 @18 B+@18 B+@18 @18 | 20
          a partition that comes back holds it  | expect:AB A=1@0 B=1@0 B+@0 B+@4 B+@8 A=20@9 B+@10 @10 B+@11 B+@12 @12 B=21@13 A=40@13 | 21
          also before what it missed counts     | expect:AB A=1@0 B=1@0 B+@0 B+@4 B+@8 A=20@9 B+@10 @10 B+@11 B=5@11 B+@12 @12 | 5
          the clock counts when all are idle    | expect:A A=1@5 A+@5 A+@10 A+@15 @15 A+@15 A+@15 @15 | 11
          and on                                | expect:A A=1@5 A+@5 A+@10 A+@15 @17 A+@17 A+@17 @17 | 13
          but not before the timeout            | expect:A A=1@5 A+@5 A+@10 A+@14 A+@14 @14   | 1
          nor in a backlog                      | expect:A A=1@5 A-@15 A-@15 @15              | 1
          what was judged before moves nothing  | expect:A A=7@0!                             | -
          but counts when new reports come      | expect:AB B=2@0! B+@0 A=9@1                 | 2
          a clock ahead stands for no other     | expect:AB A=1@0/g A=90@0/w B=8@0/b B=9@0/c  | 1
          also where it was judged before       | expect:AB A=1@0/g! A=90@0/w! B=8@0/b B=9@0/c | 1
          the others beside it do               | expect:AB A=1@0/g A=90@0/w B=8@0/b B=9@0/c A=7@0/g | 7
          or a mark that there is nothing else  | expect:AB A=1@0/g A=90@0/w B=9@0/b B=9@0/c A+@0 A+@1 @1 | 9
          not a mark from before                | expect:AB A+@0 A+@0 A=1@0/g A=90@0/w B=8@0/b B=9@0/c A+@1 @1 | 1
          nor a mark that it is behind          | expect:AB A=1@0/g A=90@0/w B=8@0/b B=9@0/c A-@0 A-@1 @1 | 1
          one that left a partition holds it until a mark comes | expect:AB A=1@0/g A=8@0/h A=9@0/h B=9@0/b B=9@0/c A+@0 A+@1 @1 | 9
          """)
  void rules(String rule, String story, String expected) {
    Liveness liveness = new Liveness(LEASE);
    Watermark watermark = new Watermark(IDLE, liveness, Long.MIN_VALUE, 0);
    for (String item : story.split(" ", -1)) {
      play(item, liveness, watermark);
    }
    assertThat(watermark.value())
        .isEqualTo(expected.equals("-") ? Long.MIN_VALUE : Long.parseLong(expected));
  }

  private static void play(String item, Liveness liveness, Watermark watermark) {
    if (item.startsWith("expect:")) {
      Set<Partition> partitions = new HashSet<>();
      item.substring(7).chars().forEach(name -> partitions.add(partition((char) name)));
      liveness.expect(partitions);
      return;
    }
    boolean judged = item.endsWith("!");
    String[] parts = item.replace("!", "").split("[@/]", -1);
    long now = Long.parseLong(parts[1]);
    if (parts[0].isEmpty()) {
      watermark.advance(now);
    } else if (parts[0].contains("=")) {
      Partition partition = partition(parts[0].charAt(0));
      long time = Long.parseLong(parts[0].substring(2));
      Report report =
          report(partition, parts.length > 2 ? parts[2] : parts[0].substring(0, 1), time);
      if (judged) {
        watermark.recall(report, now);
      } else {
        watermark.observe(report, now);
      }
    } else {
      liveness.observe(partition(parts[0].charAt(0)), parts[0].endsWith("+"), now);
    }
  }

  private static Report report(Partition partition, String sender, long time) {
    RawReport raw = new RawReport(partition, 0, 0, null, new byte[0], List.of());
    return new Report(raw, ReportKind.ML, "shop", sender, time, List.of());
  }

  private static Partition partition(char name) {
    return name == 'A' ? A : B;
  }
}
