package qoa.engine.emit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a finite run came to, in counts of 0 or more. Every message read is in exactly one of {@code
 * evaluated}, {@code unmatched}, {@code late} and {@code deadLetters}.
 *
 * @param reports messages read
 * @param evaluated reports judged in time
 * @param unmatched reports that no contract asks for
 * @param late reports that came after their window was closed
 * @param deadLetters messages that are no reports
 * @param evaluations policies run
 * @param failed evaluations that gave no verdicts
 * @param met verdicts that a promise was kept
 * @param violated verdicts that a promise was broken
 * @param undetermined verdicts that nobody can tell
 */
public record Summary(
    long reports,
    long evaluated,
    long unmatched,
    long late,
    long deadLetters,
    long evaluations,
    long failed,
    long met,
    long violated,
    long undetermined) {

  /** The last line of a run that prints JSON, without its end (DESIGN section 10). */
  public String json() {
    return counts().entrySet().stream()
        .map(count -> "\"" + count.getKey() + "\":" + count.getValue())
        .collect(Collectors.joining(",", "{\"type\":\"summary\",", "}"));
  }

  /** A small table for people: a line a count, each with its end. */
  public String table() {
    StringBuilder table = new StringBuilder();
    counts()
        .forEach(
            (name, count) ->
                table.append(
                    String.format(Locale.ROOT, "%-14s%,12d\n", name.replace('_', ' '), count)));
    return table.toString();
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("reports", reports);
    counts.put("evaluations", evaluations);
    counts.put("met", met);
    counts.put("violated", violated);
    counts.put("undetermined", undetermined);
    counts.put("late", late);
    counts.put("dead_letters", deadLetters);
    counts.put("evaluated", evaluated);
    counts.put("unmatched", unmatched);
    counts.put("failed", failed);
    return counts;
  }
}
