package qoa.systemtests.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import qoa.core.contracts.Schedule;
import qoa.core.decode.ByteCursor;
import qoa.core.decode.PaddedText;
import qoa.core.decode.ReportDecoder;
import qoa.core.decode.ReportReader;
import qoa.core.decode.UndecodableException;
import qoa.core.model.EvaluationInput;
import qoa.core.model.Observation;
import qoa.core.model.Partition;
import qoa.core.model.RawReport;
import qoa.core.model.Report;
import qoa.core.settings.LimitsConfig;
import qoa.core.windows.ClosedWindow;
import qoa.core.windows.TumblingWindows;

/** How long a report takes from its bytes to observations, and on to aggregates. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecodeBenchmark {
  private static final Path REPORTS = Path.of("../../testdata/reports/object-detection-ml.ndjson");
  private static final long NO_WATERMARK = Long.MIN_VALUE;

  private final List<RawReport> reports = new ArrayList<>();
  private final ReportDecoder decoder = new ReportDecoder(LimitsConfig.defaults());
  private final PaddedText text = new PaddedText();
  private final ByteCursor cursor = new ByteCursor(LimitsConfig.defaults().reportDepth());
  private final ReportReader reader = new ReportReader();
  private final JsonFactory jackson = new JsonFactory();
  private final TumblingWindows windows =
      new TumblingWindows(new Schedule.Tumbling(100_000, 2_000));
  private int next;

  /** Recorded reports, each as an array of its own, as they come from a socket. */
  @Setup
  public void read() throws IOException {
    Partition source = new Partition("reports", 0);
    for (String line : Files.readAllLines(REPORTS)) {
      byte[] value = line.getBytes(StandardCharsets.UTF_8);
      reports.add(new RawReport(source, reports.size(), RawReport.NO_TIME, null, value, List.of()));
    }
  }

  private RawReport next() {
    next = next + 1 == reports.size() ? 0 : next + 1;
    return reports.get(next);
  }

  /** What any decoder built on Jackson takes at least: its parser, and nothing made of it. */
  @Benchmark
  public int bareJackson() throws IOException {
    int tokens = 0;
    try (JsonParser parser = jackson.createParser(next().value())) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  /** As what the fast cursor declines, which is how every report was decoded before. */
  @Benchmark
  public Report decodeExactly() throws UndecodableException {
    return decoder.decodeExactly(next());
  }

  /** As reports whose layout is not known. */
  @Benchmark
  public List<Observation> decodeUnknown() throws IOException, UndecodableException {
    text.set(next().value());
    cursor.reset(text);
    reader.read(cursor);
    return reader.observations(reader.kind());
  }

  /** From bytes to observations. */
  @Benchmark
  public Report decode() throws UndecodableException {
    return decoder.decode(next());
  }

  /** From bytes to the aggregates of a window that stays open. */
  @Benchmark
  public boolean decodeAndAdd() throws UndecodableException {
    Report report = decoder.decode(next());
    return windows.add(report, report.raw().position(), NO_WATERMARK);
  }

  /** From bytes to what a contract that judges each report is given. */
  @Benchmark
  public EvaluationInput decodeAndClose() throws UndecodableException {
    return ClosedWindow.ofReport("contract", decoder.decode(next()));
  }

  /** Runs it; the working directory is that of the module. */
  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(DecodeBenchmark.class.getSimpleName()).build()).run();
  }
}
