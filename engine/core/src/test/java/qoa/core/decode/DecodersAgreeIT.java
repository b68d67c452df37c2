package qoa.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import qoa.core.model.DeadLetter.Reason;
import qoa.core.model.Observation;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.settings.LimitsConfig;

/** The fast decoders give the same result as Jackson, and accept nothing that Jackson rejects. */
class DecodersAgreeIT {

  private static final Path REPORTS = Path.of("../../testdata/reports");
  private static final long NOW = 1_795_430_000_000L;
  private static final int MUTANTS = Integer.getInteger("mutants", 20_000);

  /** About as long as the part of a report in which clients identify themselves. */
  private static final String SENDER =
      "{\"metadata\":{\"id\":\"45b565a7-843c-461f-80a1-9b29c3edebf9\",\"application\":\"shop\"";

  private interface Decoding {
    Object decode(RawReport raw) throws UndecodableException;
  }

  private record Refused(Reason reason, String detail) {}

  private final LimitsConfig limits = LimitsConfig.defaults();
  private final ReportDecoder decoder = new ReportDecoder(limits);
  private final ReportDecoder oracle = new ReportDecoder(limits);
  private final PaddedText text = new PaddedText();
  private final ByteCursor fast = new ByteCursor(limits.reportDepth());
  private final ReportReader reader = new ReportReader();
  private int readFast;

  /** If the fast cursor declined reports of clients, only the speed would show it. */
  @Test
  void readsEveryRecordedReportFast() {
    List<byte[]> reports = recorded();
    reports.forEach(this::agreeOn);
    assertThat(readFast).isEqualTo(reports.size());
  }

  @Test
  void agreesOnMutantsOfRecordedReports() {
    recorded().forEach(this::agreeOn); // so that their layouts are known
    readFast = 0;
    Mutations mutations = new Mutations(random(), recorded());
    for (int i = 0; i < MUTANTS; i++) {
      agreeOn(mutations.next());
    }
    System.out.printf("DecodersAgreeIT: %d of %d mutants read fast%n", readFast, MUTANTS);
    assertThat(readFast).isBetween(MUTANTS / 20, MUTANTS - MUTANTS / 20);
  }

  @Test
  void agreesOnHostileMessagesAndTheirMutants() {
    Random random = random();
    for (HostileMessages.Hostile hostile : HostileMessages.all().values()) {
      byte[] value = hostile.value() == null ? new byte[0] : hostile.value();
      agreeOn(value);
      Mutations mutations = new Mutations(random, List.of(value));
      for (int i = 0; i < 100 && value.length < 10_000; i++) {
        agreeOn(mutations.next());
      }
    }
  }

  @Test
  void agreesOnReportsThatBreakOff() {
    for (byte[] report : List.of(recorded().get(0), recorded().get(100))) {
      for (int length = 0; length < report.length; length++) {
        agreeOn(Arrays.copyOf(report, length));
      }
    }
    assertThat(readFast).isZero();
  }

  @Test
  void agreesOnNumbers_readAndPassedOverAndAsText() {
    Random random = random();
    for (int i = 0; i < MUTANTS; i++) {
      String number = Mutations.number(random);
      String pid = random.nextInt(4) == 0 ? number : "7";
      agreeOn(
          (SENDER + ",\"pid\":%s},\"report\":{\"m\":%s},\"other\":[%s]}")
              .formatted(pid, number, random.nextBoolean() ? number : Mutations.number(random))
              .getBytes(UTF_8));
    }
    assertThat(readFast).isGreaterThan(MUTANTS / 4);
  }

  @Test
  void agreesOnReportsAsDeepAsTheLimit_andDeeper() {
    for (int depth = limits.reportDepth() - 3; depth < limits.reportDepth() + 3; depth++) {
      String deep = "[".repeat(depth) + "]".repeat(depth);
      agreeOn((SENDER + "},\"report\":{\"m\":1},\"other\":" + deep + "}").getBytes(UTF_8));
    }
    assertThat(readFast).isEqualTo(3);
  }

  @Test
  void agreesOnReportsOfAKnownLayout_butForOneThing() {
    String known =
        SENDER
            + ",\"timestamp\":1795428000.5,\"pid\":7,\"corr\":\"c1\"},"
            + "\"service\":{\"web\":{\"metrics\":{\"m\":{\"i1\":{\"unit\":\"s\",\"records\":"
            + "[1,{\"a\":2,\"ok\":true}],\"description\":null}}}}},\"other\":[3.5,\"x\",[]]}";
    for (String change :
        List.of(
            "1795428000.5=1795428001",
            "1795428000.5=-1",
            "1795428000.5=1e300",
            "c1=",
            "c1=\\u00b5",
            "c1=\u00b5",
            "c1=\t",
            "c1=\\",
            "c1=\\x",
            "c1=\"",
            "\"c1\"=7",
            "7=8",
            "7=\"8\"",
            "[1=[-0",
            "[1=[01",
            "[1=[1.",
            "[1=[1e400",
            "[1=[null",
            "[1=[true",
            "[1=[1,1",
            "true=false",
            "3.5=1e400",
            "3.5=-1e-400",
            "3.5=3.",
            "3.5=\"3.5\"",
            "\"s\"=\"ms\"",
            "\"s\"=null",
            "i1=i2",
            "\"a\"=\"ok\"",
            "\"x\"=\"y\"",
            "\"x\"=[]",
            "[]=[[]]",
            "]}=]} ",
            "]}=]}}",
            "]}=]",
            "{=\u00ef")) {
      agreeOn(known.getBytes(UTF_8));
      String[] sides = change.split("=", 2);
      assertThat(known).contains(sides[0]);
      agreeOn(known.replace(sides[0], sides[1]).getBytes(UTF_8));
    }
  }

  @Test
  void readsOnlyNumbers_whenTheLayoutIsKnown() throws Exception {
    String first =
        SENDER
            + ",\"timestamp\":1795428000.5,\"corr\":\"c1\"},"
            + "\"report\":{\"ok\":true,\"m\":1.5}}";
    String second = first.replace("0.5", "1.25").replace("c1", "corr-2").replace("1.5", "-20");
    decoder.decode(raw(first.getBytes(UTF_8)));
    Report known = decoder.decode(raw(first.getBytes(UTF_8)));
    Report same = decoder.decode(raw(second.getBytes(UTF_8)));
    assertThat(same.observations().get(0)).isSameAs(known.observations().get(0));
    assertThat(same.observations().get(1))
        .isEqualTo(new Observation("user_defined", null, "m", null, -20, false));
    assertThat(same.eventTime()).isEqualTo(1_795_428_001_250L);
  }

  private void agreeOn(byte[] value) {
    if (value.length < 2 || value.length > limits.reportBytes() || value[0] == 0 || value[1] == 0) {
      return; // rejected before decoding
    }
    RawReport raw = raw(value);
    Object expected = outcome(raw, oracle::decodeExactly);
    assertThat(outcome(raw, decoder::decode)).as(() -> shown(value)).isEqualTo(expected);
    readFast += isReadFast(value) ? 1 : 0;
  }

  private static RawReport raw(byte[] value) {
    return new RawReport(new Partition("reports", 0), 1, NOW, null, value, List.of());
  }

  private static Object outcome(RawReport raw, Decoding decoding) {
    try {
      return decoding.decode(raw);
    } catch (UndecodableException e) {
      return new Refused(e.reason(), e.getMessage());
    }
  }

  private boolean isReadFast(byte[] value) {
    try {
      text.set(value);
      fast.reset(text);
      reader.read(fast);
      return true;
    } catch (UndecodableException | IOException e) {
      return false;
    }
  }

  private static String shown(byte[] value) {
    return new String(value, StandardCharsets.ISO_8859_1);
  }

  private static Random random() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("DecodersAgreeIT: -Dseed=" + seed);
    return new Random(seed);
  }

  private static List<byte[]> recorded() {
    try (Stream<Path> files = Files.list(REPORTS)) {
      return files
          .filter(file -> file.toString().endsWith(".ndjson"))
          .sorted()
          .flatMap(DecodersAgreeIT::lines)
          .map(line -> line.getBytes(UTF_8))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
