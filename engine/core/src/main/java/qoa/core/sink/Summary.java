package qoa.core.sink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.ToLongFunction;
import qoa.core.model.DeadLetter;

/**
 * The counts of a finite run, each 0 or more.
 *
 * @param read the outcomes of the messages
 * @param evaluations the outcomes of the evaluations
 * @param contracts the verdicts of each contract in force, by its id
 */
public record Summary(Read read, Evaluations evaluations, SortedMap<String, Verdicts> contracts) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How many names are shown where there may be any number. */
  private static final int NAMED = 10;

  /**
   * Every message read is in exactly one of these.
   *
   * @param evaluated reports judged in time
   * @param unmatched reports that no contract asks for
   * @param late reports that came after their window was closed
   * @param deadLetters messages that are not reports, by reason
   */
  public record Read(
      long evaluated, long unmatched, long late, SortedMap<DeadLetter.Reason, Long> deadLetters) {

    long allDeadLetters() {
      return deadLetters.values().stream().mapToLong(Long::longValue).sum();
    }

    private Read plus(Read other) {
      return new Read(
          evaluated + other.evaluated,
          unmatched + other.unmatched,
          late + other.late,
          merged(deadLetters, other.deadLetters, Long::sum));
    }
  }

  /**
   * How the runs of policies ended.
   *
   * @param all policies run
   * @param failed those that gave no verdicts, for the policy could not be evaluated
   * @param silent those of policies that have {@code violation} alone, and gave no member: that
   *     does not prove that promises were met
   */
  public record Evaluations(long all, long failed, long silent) {

    private Evaluations plus(Evaluations other) {
      return new Evaluations(all + other.all, failed + other.failed, silent + other.silent);
    }
  }

  /**
   * Verdicts of one contract.
   *
   * @param met that a promise was kept
   * @param violated that a promise was broken
   * @param undetermined that it is unknown
   */
  public record Verdicts(long met, long violated, long undetermined) {

    /** No verdict. */
    public static final Verdicts NONE = new Verdicts(0, 0, 0);

    private Verdicts plus(Verdicts other) {
      return new Verdicts(
          met + other.met, violated + other.violated, undetermined + other.undetermined);
    }
  }

  /** Messages read. */
  public long reports() {
    return read.evaluated + read.unmatched + read.late + read.allDeadLetters();
  }

  /** Messages that are not reports. */
  public long deadLetters() {
    return read.allDeadLetters();
  }

  /** Verdicts that a promise was kept. */
  public long met() {
    return sum(Verdicts::met);
  }

  /** Verdicts that a promise was broken. */
  public long violated() {
    return sum(Verdicts::violated);
  }

  /** Verdicts that it is unknown. */
  public long undetermined() {
    return sum(Verdicts::undetermined);
  }

  private long sum(ToLongFunction<Verdicts> count) {
    return contracts.values().stream().mapToLong(count).sum();
  }

  /** The contracts that got no verdict at all, in order. */
  public List<String> unjudged() {
    return contracts.entrySet().stream()
        .filter(contract -> contract.getValue().equals(Verdicts.NONE))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The sum of two runs. */
  public Summary plus(Summary other) {
    return new Summary(
        read.plus(other.read),
        evaluations.plus(other.evaluations),
        merged(contracts, other.contracts, Verdicts::plus));
  }

  private static <K, V> SortedMap<K, V> merged(
      SortedMap<K, V> one, SortedMap<K, V> other, BinaryOperator<V> plus) {
    SortedMap<K, V> merged = new TreeMap<>(one);
    other.forEach((key, value) -> merged.merge(key, value, plus));
    return merged;
  }

  /** The last line of a run that prints JSON, without its end. */
  public String json() {
    ObjectNode json = JSON.createObjectNode().put("type", "summary");
    counts().forEach(json::put);
    ObjectNode byContract = json.putObject("contracts");
    contracts.forEach(
        (id, verdicts) ->
            byContract
                .putObject(id)
                .put("met", verdicts.met)
                .put("violated", verdicts.violated)
                .put("undetermined", verdicts.undetermined));
    unjudged().forEach(json.putArray("unjudged")::add);
    return json.toString();
  }

  /** A small table for people: a line a count, each with its end. */
  public String table() {
    StringBuilder table = new StringBuilder();
    counts().forEach((name, count) -> table.append(row(name.replace('_', ' '), count, "")));
    List<String> unjudged = unjudged();
    String more = unjudged.size() > NAMED ? ", …" : "";
    String names = String.join(", ", unjudged.subList(0, Math.min(NAMED, unjudged.size())));
    return table
        .append(row("unjudged", unjudged.size(), names.isEmpty() ? "" : "  " + names + more))
        .toString();
  }

  private static String row(String name, long count, String rest) {
    return String.format(Locale.ROOT, "%-14s%,12d%s\n", name, count, rest);
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("reports", reports());
    counts.put("evaluations", evaluations.all);
    counts.put("met", met());
    counts.put("violated", violated());
    counts.put("undetermined", undetermined());
    counts.put("silent", evaluations.silent);
    counts.put("late", read.late);
    counts.put("dead_letters", deadLetters());
    counts.put("evaluated", read.evaluated);
    counts.put("unmatched", read.unmatched);
    counts.put("failed", evaluations.failed);
    return counts;
  }
}
