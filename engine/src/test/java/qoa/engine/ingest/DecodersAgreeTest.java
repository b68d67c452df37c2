package qoa.engine.ingest;

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
import qoa.engine.config.LimitsConfig;
import qoa.engine.model.DeadLetter.Reason;
import qoa.engine.model.RawReport;
import qoa.engine.model.Source;

/**
 * What is read fast is read as Jackson reads it, and nothing that Jackson refuses is let through.
 */
class DecodersAgreeTest {

  private static final Path REPORTS = Path.of("../testdata/reports");
  private static final long NOW = 1_795_430_000_000L;
  private static final int MUTANTS = Integer.getInteger("mutants", 20_000);

  private interface Decoding {
    Object decode(RawReport raw, long now) throws UndecodableException;
  }

  private record Refused(Reason reason, String detail) {}

  private final LimitsConfig limits = LimitsConfig.defaults();
  private final ReportDecoder decoder = new ReportDecoder(limits);
  private final ReportDecoder oracle = new ReportDecoder(limits);
  private final ByteCursor fast = new ByteCursor(limits.reportDepth());
  private final ReportReader reader = new ReportReader();
  private int readFast;

  /** Were the fast cursor to decline what clients send, only the speed would show it. */
  @Test
  void readsEveryRecordedReportFast() {
    List<byte[]> reports = recorded();
    reports.forEach(this::agreeOn);
    assertThat(readFast).isEqualTo(reports.size());
  }

  @Test
  void agreesOnMutantsOfRecordedReports() {
    Mutations mutations = new Mutations(random(), recorded());
    for (int i = 0; i < MUTANTS; i++) {
      agreeOn(mutations.next());
    }
    System.out.printf("DecodersAgreeTest: %d of %d mutants read fast%n", readFast, MUTANTS);
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
      agreeOn(
          "{\"metadata\":{\"application\":\"a\",\"pid\":%s},\"report\":{\"m\":%s},\"other\":[%s]}"
              .formatted(number, number, number)
              .getBytes(UTF_8));
    }
    assertThat(readFast).isGreaterThan(MUTANTS / 4);
  }

  private void agreeOn(byte[] value) {
    if (value.length < 2 || value.length > limits.reportBytes() || value[0] == 0 || value[1] == 0) {
      return; // refused before anybody reads it
    }
    RawReport raw = new RawReport(new Source("reports", 0), 1, 1_000, null, value, List.of());
    Object expected = outcome(raw, oracle::decodeExactly);
    assertThat(outcome(raw, decoder::decode)).as(() -> shown(value)).isEqualTo(expected);
    readFast += isReadFast(value) ? 1 : 0;
  }

  private static Object outcome(RawReport raw, Decoding decoding) {
    try {
      return decoding.decode(raw, NOW);
    } catch (UndecodableException e) {
      return new Refused(e.reason(), e.getMessage());
    }
  }

  private boolean isReadFast(byte[] value) {
    try {
      fast.reset(value);
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
    System.out.println("DecodersAgreeTest: -Dseed=" + seed);
    return new Random(seed);
  }

  private static List<byte[]> recorded() {
    try (Stream<Path> files = Files.list(REPORTS)) {
      return files
          .filter(file -> file.toString().endsWith(".ndjson"))
          .sorted()
          .flatMap(DecodersAgreeTest::lines)
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
