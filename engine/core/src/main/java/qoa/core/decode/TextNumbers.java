package qoa.core.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import qoa.core.model.Observation;
import qoa.core.model.RawReport;
import qoa.core.model.Report;

/**
 * Finds metrics whose numbers a client sends as strings, such as {@code "0.12"}. A string is not an
 * observation, so these metrics seem not to be reported. A report is decoded again with the strings
 * as numbers; the additional metrics are those sent as strings. This takes time, so only dry runs
 * do it, for the first {@value #REPORTS} reports that may contain such numbers.
 *
 * <p>Not thread-safe.
 */
public final class TextNumbers {

  private static final int REPORTS = 1_000;
  private static final int MOST = 100;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NUMBER =
      Pattern.compile("\\s*-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?\\s*");

  /** The keys of parts with numbers. Elsewhere a string of digits is a name. */
  private static final Set<String> HOLD_NUMBERS =
      Set.of("records", "quality", "usage", "value", "proc_cpu_stats", "proc_mem_stats");

  private final Decoder decoder;
  private final SortedSet<String> found = new TreeSet<>();
  private int looked;

  /**
   * @param decoder not used by anything else
   */
  public TextNumbers(Decoder decoder) {
    this.decoder = decoder;
  }

  /** The metrics found, as {@code metric at stage of application}; {@value #MOST} at most. */
  public SortedSet<String> found() {
    return found;
  }

  /** Examines a report. */
  public void look(Report report) {
    RawReport raw = report.raw();
    if (looked >= REPORTS || !mayHoldAny(raw.value())) {
      return;
    }
    looked++;
    try {
      JsonNode tree = JSON.readTree(raw.value());
      if (!replace(tree, false)) {
        return;
      }
      byte[] corrected = JSON.writeValueAsBytes(tree);
      RawReport other =
          new RawReport(
              raw.sourcePartition(),
              raw.sourceOffset(),
              raw.timestamp(),
              raw.key(),
              corrected,
              raw.headers());
      compare(report, decoder.decode(other));
    } catch (UndecodableException | IOException e) {
      return; // only the report as sent counts
    }
  }

  private void compare(Report report, Report corrected) {
    Set<String> sent = new HashSet<>();
    report.observations().forEach(one -> sent.add(name(report, one)));
    for (Observation one : corrected.observations()) {
      String name = name(report, one);
      if (!sent.contains(name) && found.size() < MOST) {
        found.add(name);
      }
    }
  }

  private static String name(Report report, Observation one) {
    String stage = one.stage() == null || one.stage().isEmpty() ? "" : " at " + one.stage();
    return one.metric() + stage + " of " + report.application();
  }

  /** Whether a string begins like a number. This is cheaper than parsing the JSON. */
  private static boolean mayHoldAny(byte[] json) {
    for (int i = 0; i + 1 < json.length; i++) {
      if (json[i] == '"' && (json[i + 1] == '-' || (json[i + 1] >= '0' && json[i + 1] <= '9'))) {
        return true;
      }
    }
    return false;
  }

  private static boolean replace(JsonNode node, boolean numbers) throws JsonProcessingException {
    boolean any = false;
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        boolean inside = numbers || HOLD_NUMBERS.contains(entry.getKey());
        if (inside && isNumber(entry.getValue())) {
          entry.setValue(JSON.readTree(entry.getValue().textValue()));
          any = true;
        } else {
          any |= replace(entry.getValue(), inside);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (numbers && isNumber(array.get(i))) {
          array.set(i, JSON.readTree(array.get(i).textValue()));
          any = true;
        } else {
          any |= replace(array.get(i), numbers);
        }
      }
    }
    return any;
  }

  private static boolean isNumber(JsonNode node) {
    return node.isTextual() && NUMBER.matcher(node.textValue()).matches();
  }
}
