package qoa.rego;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds OPA's compliance cases and reads them. */
public final class ComplianceCases {
  /** The folder to take the cases from, wherever it is. */
  static final String FOLDER_PROPERTY = "qoa.opa.compliance";

  private static final Path ARCHIVE =
      Path.of("..", "..", "..", "shared", "data", "opa-compliance", "plan-cases.tar.xz");

  public static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
          .build();

  private ComplianceCases() {}

  /** The folder with the cases, or nothing where neither folder nor archive is there. */
  static Optional<Path> folder() throws IOException, InterruptedException {
    String given = System.getProperty(FOLDER_PROPERTY);
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    if (!Files.exists(ARCHIVE)) {
      return Optional.empty();
    }
    Path unpacked = Path.of("target", "opa-compliance");
    Files.createDirectories(unpacked);
    Process tar =
        new ProcessBuilder("tar", "-xJf", ARCHIVE.toString(), "-C", unpacked.toString())
            .inheritIO()
            .start();
    if (!tar.waitFor(60, TimeUnit.SECONDS) || tar.exitValue() != 0) {
      throw new IOException("cannot unpack " + ARCHIVE);
    }
    return Optional.of(unpacked);
  }

  /** All cases below {@code folder}, in the order of their files' names. */
  static List<JsonNode> read(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
    List<JsonNode> cases = new ArrayList<>();
    for (Path file : files) {
      parse(file).path("cases").forEach(cases::add);
    }
    return cases;
  }

  private static JsonNode parse(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }
}
