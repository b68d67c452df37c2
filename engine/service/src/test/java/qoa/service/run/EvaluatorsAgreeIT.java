package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qoa.core.read.FileSource;
import qoa.core.sink.PrintingSink;
import qoa.service.config.EngineConfig;
import qoa.service.config.Evaluator;

/** What OPA says of recorded reports, the plan says too, byte for byte. */
class EvaluatorsAgreeIT {

  private static final long NOW = 1_795_500_000_000L;
  private static final Path ROOT = Path.of("..", "..");

  static List<Path> recorded() throws Exception {
    try (Stream<Path> files = Files.list(ROOT.resolve("testdata/reports"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void dryRun_printsTheSame(Path reports) throws Exception {
    assertThat(run(by(Evaluator.PLAN), reports)).isEqualTo(run(by(Evaluator.OPA), reports));
  }

  private static EngineConfig by(Evaluator evaluator) {
    return EngineConfig.defaults()
        .judging(ROOT.resolve("contracts"), ROOT.resolve("policies"), evaluator);
  }

  private static String run(EngineConfig config, Path reports) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    try (PrintingSink sink = PrintingSink.json(out, out);
        FileSource source = new FileSource("reports", Files.newInputStream(reports), NOW)) {
      sink.summary(ConfiguredDryRun.run(config, source, sink, NOW, read -> {}).summary());
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
