package qoa.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.model.DeadLetter;
import qoa.core.model.Incoming;
import qoa.core.model.Partition;
import qoa.core.model.PartitionMark;
import qoa.core.model.RawReport;

class RekeyedTest {

  private static final Partition PARTITION = new Partition("by-application", 2);
  private static final Partition FIRST = new Partition("reports", 0);
  private static final long OFFSET = 41;
  private static final byte[] REPORT = {'{', '}'};
  private static final byte[] NOTHING = {};

  private final Rekeyed rekeyed = new Rekeyed();

  @Test
  void report_isWhatItWasWhereItCameFrom() {
    Headers headers = new RecordHeaders();
    headers.add("trace", null);
    RawReport raw = (RawReport) read(REPORT, origin(headers, "reports", "0", "7", "1795000000000"));

    assertThat(raw.sourcePartition()).isEqualTo(FIRST);
    assertThat(raw.sourceOffset()).isEqualTo(7);
    assertThat(raw.timestamp()).isEqualTo(1_795_000_000_000L);
    assertThat(raw.partition()).isSameAs(PARTITION);
    assertThat(raw.offset()).isEqualTo(OFFSET);
    assertThat(raw.headers()).containsExactly(new RawReport.Header("trace", null));
  }

  /** As an engine of an earlier version forwards it, which kept the headers of clients. */
  @Test
  void report_withHeadersThatItsSenderForged_isNoMark() {
    Headers headers = new RecordHeaders();
    headers.add(RekeyedHeaders.MARK, bytes("reports:0=behind"));
    origin(headers, "elsewhere", "-1", "", "x");
    RawReport raw = (RawReport) read(REPORT, origin(headers, "reports", "0", "7", "-1"));

    assertThat(raw.sourcePartition()).isEqualTo(FIRST);
    assertThat(raw.headers()).isEmpty();
  }

  @Test
  void reportsOfASource_shareIt() {
    RawReport one = (RawReport) read(REPORT, origin(new RecordHeaders(), "reports", "0", "7", "0"));
    RawReport two = (RawReport) read(REPORT, origin(new RecordHeaders(), "reports", "0", "8", "0"));
    assertThat(one.sourcePartition()).isSameAs(two.sourcePartition());
  }

  @Test
  void manySources_areReadToo() {
    for (int i = 0; i < 25_000; i++) {
      String partition = String.valueOf(i);
      RawReport raw =
          (RawReport) read(REPORT, origin(new RecordHeaders(), "reports", partition, "7", "0"));
      assertThat(raw.sourcePartition()).isEqualTo(new Partition("reports", i));
    }
  }

  @Test
  void mark_saysHowFarSourcesAre() {
    Map<Partition, Boolean> caughtUp = Map.of(FIRST, true, new Partition("a.b-c_D", 12), false);
    PartitionMark mark = (PartitionMark) read(NOTHING, mark(RekeyedHeaders.mark(caughtUp)));
    assertThat(mark).isEqualTo(new PartitionMark(PARTITION, OFFSET, caughtUp));
    assertThat(((PartitionMark) read(NOTHING, mark(""))).caughtUp()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          a b,        0,          7,                   0,                   qoa.topic
          '',         0,          7,                   0,                   qoa.topic
          repörts,    0,          7,                   0,                   qoa.topic
          reports,    -1,         7,                   0,                   qoa.partition
          reports,    2147483648, 7,                   0,                   qoa.partition
          reports,    01,         7,                   0,                   qoa.partition
          reports,    +1,         7,                   0,                   qoa.partition
          reports,    -0,         7,                   0,                   qoa.partition
          reports,    ' 1',       7,                   0,                   qoa.partition
          reports,    ١,          7,                   0,                   qoa.partition
          reports,    0,          '',                  0,                   qoa.offset
          reports,    0,          -1,                  0,                   qoa.offset
          reports,    0,          9223372036854775808, 0,                   qoa.offset
          reports,    0,          1e3,                 0,                   qoa.offset
          reports,    0,          7,                   -2,                  qoa.timestamp
          reports,    0,          7,                   99999999999999999999, qoa.timestamp
          reports,    0,          7,                   ,                    qoa.timestamp
          ,           0,          7,                   0,                   qoa.topic
          """)
  void reportThatNoEngineWrote_isADeadLetterAtItsPlaceHere(
      String topic, String partition, String offset, String time, String header) {
    assertDeadLetter(
        read(REPORT, origin(new RecordHeaders(), topic, partition, offset, time)), header);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "NULL",
        "reports",
        "reports:0",
        "reports=end",
        "reports:0=END",
        "reports:0=",
        ":0=end",
        "reports:-1=end",
        "reports:2147483648=end",
        "reports:x=end",
        "a:0=end  b:0=end",
        "' reports:0=end'",
        "'reports:0=end '",
        "a:b:0=end",
        "a:0=end=behind",
        "ä:0=end",
        "x"
      },
      nullValues = "NULL")
  void markThatNoEngineWrote_isADeadLetterAtItsPlaceHere(String mark) {
    assertDeadLetter(read(NOTHING, mark(mark)), "qoa.sources");
  }

  @Test
  void markWithAValue_orMessageWithoutHeaders_isADeadLetter() {
    assertDeadLetter(read(REPORT, mark("reports:0=end")), "qoa.sources");
    assertDeadLetter(read(null, mark("reports:0=end")), "qoa.sources");
    assertDeadLetter(read(REPORT, new RecordHeaders()), "qoa.topic");
    assertDeadLetter(read(null, new RecordHeaders()), "qoa.topic");
  }

  @Test
  void detail_isShort_howeverLongAHeaderIs() {
    DeadLetter deadLetter = (DeadLetter) read(NOTHING, mark("x".repeat(1024 * 1024)));
    assertThat(deadLetter.detail()).hasSizeLessThan(300);
  }

  private static void assertDeadLetter(Incoming message, String header) {
    DeadLetter deadLetter = (DeadLetter) message;
    assertThat(deadLetter.reason()).isEqualTo(DeadLetter.Reason.NOT_REKEYED);
    assertThat(deadLetter.detail()).contains(PARTITION.topic(), header);
    assertThat(deadLetter.raw().sourcePartition()).isSameAs(PARTITION);
    assertThat(deadLetter.raw().sourceOffset()).isEqualTo(OFFSET);
    assertThat(deadLetter.partition()).isSameAs(PARTITION);
    assertThat(deadLetter.offset()).isEqualTo(OFFSET);
    assertThat(deadLetter.raw().headers()).isEmpty();
  }

  private Incoming read(byte[] value, Headers headers) {
    return rekeyed.read(
        PARTITION,
        new ConsumerRecord<>(
            PARTITION.topic(),
            PARTITION.partition(),
            OFFSET,
            5,
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            value,
            headers,
            Optional.empty()));
  }

  private static Headers mark(String text) {
    return new RecordHeaders().add(RekeyedHeaders.MARK, bytes(text));
  }

  private static Headers origin(
      Headers headers, String topic, String partition, String offset, String time) {
    for (List<String> header :
        List.of(
            List.of("qoa.topic", String.valueOf(topic)),
            List.of("qoa.partition", String.valueOf(partition)),
            List.of("qoa.offset", String.valueOf(offset)),
            List.of("qoa.timestamp", String.valueOf(time)))) {
      if (!header.get(1).equals("null")) {
        headers.add(header.get(0), bytes(header.get(1)));
      }
    }
    return headers;
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
