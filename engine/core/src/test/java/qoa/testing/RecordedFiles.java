package qoa.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The recorded reports of clients and probes, with other times. */
public final class RecordedFiles {

  /** The path relative to the working directory of tests. */
  public static final Path FOLDER = Path.of("../../testdata/reports");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<ObjectNode> reports = new ArrayList<>();
  private int next;

  private RecordedFiles() {}

  /**
   * Reads a file.
   *
   * @param name the name of the file without its extension
   */
  public static RecordedFiles of(String name) throws IOException {
    RecordedFiles recorded = new RecordedFiles();
    for (String line : Files.readAllLines(FOLDER.resolve(name + ".ndjson"))) {
      recorded.reports.add((ObjectNode) JSON.readTree(line));
    }
    return recorded;
  }

  /**
   * The next report; after the last one, the first one again.
   *
   * @param time milliseconds since the epoch
   */
  public ObjectNode next(long time) {
    ObjectNode report = reports.get(next++ % reports.size()).deepCopy();
    BigDecimal seconds = BigDecimal.valueOf(time, 3);
    if (report.path("metadata").has("timestamp")) {
      ((ObjectNode) report.get("metadata")).put("timestamp", seconds);
    }
    if (report.has("timestamp")) {
      report.put("timestamp", seconds);
    }
    return report;
  }

  /** A report as its client sends it. */
  public static byte[] bytes(ObjectNode report) {
    try {
      return JSON.writeValueAsBytes(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
