package qoa.service.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import qoa.core.contracts.Contract;
import qoa.core.contracts.ContractSet;
import qoa.core.documents.Counted;
import qoa.core.documents.NearestName;
import qoa.core.engine.DryRun;
import qoa.core.sink.Summary;

/** Notes that explain the result of a dry run: above all, why something was not judged. */
final class DryRunNotes {

  /** The number of names that a note lists. */
  private static final int MAX_NAMES = 10;

  private DryRunNotes() {}

  /**
   * The notes, the most important first.
   *
   * @param exitCode the exit code of the run
   */
  static List<String> of(DryRun.Result run, int exitCode) {
    List<String> notes = new ArrayList<>();
    Summary summary = run.summary();
    deadLetters(summary, notes);
    applications(run, notes);
    textNumbers(run, notes);
    silence(summary, notes);
    if (exitCode == ExitCode.UNDETERMINED) {
      notes.add("not everything is known to be met: " + reasons(summary));
    }
    return notes;
  }

  private static void deadLetters(Summary summary, List<String> notes) {
    if (summary.reports() == 0) {
      notes.add("there are no reports to read");
    } else if (summary.deadLetters() > 0) {
      String reasons =
          summary.read().deadLetters().entrySet().stream()
              .map(reason -> reason.getValue() + " " + reason.getKey().label())
              .collect(joining(", "));
      notes.add(
          summary.deadLetters() == summary.reports()
              ? "all messages are dead letters, so nothing was judged: " + reasons
              : Counted.of(summary.deadLetters(), "dead letter") + ": " + reasons);
    }
  }

  private static void applications(DryRun.Result run, List<String> notes) {
    ContractSet contracts = run.revision().contracts();
    SortedMap<String, Long> unmatched = new TreeMap<>(run.reports().applications());
    unmatched.keySet().removeIf(application -> !contracts.forApplication(application).isEmpty());
    if (unmatched.isEmpty()) {
      return;
    }
    SortedSet<String> known =
        contracts.contracts().stream()
            .map(Contract::application)
            .collect(toCollection(TreeSet::new));
    List<String> told =
        unmatched.entrySet().stream()
            .limit(MAX_NAMES)
            .map(
                sent ->
                    "%s (%s%s)"
                        .formatted(
                            Printable.line(sent.getKey()),
                            Counted.of(sent.getValue(), "report"),
                            NearestName.hint(sent.getKey(), known)))
            .toList();
    String more = unmatched.size() > MAX_NAMES ? ", and others" : "";
    notes.add(
        "no contract is for application %s; contracts are for %s"
            .formatted(String.join(", ", told) + more, named(List.copyOf(known))));
  }

  private static void textNumbers(DryRun.Result run, List<String> notes) {
    List<String> metrics = List.copyOf(run.reports().textNumbers());
    if (!metrics.isEmpty()) {
      notes.add(
          "not observed, because the value is a string and not a number: %s; send it without quotes"
              .formatted(named(metrics.stream().map(Printable::line).toList())));
    }
  }

  private static void silence(Summary summary, List<String> notes) {
    long silent = summary.evaluations().silent();
    if (silent > 0) {
      notes.add(
          "%s gave no verdict, because the policy has only the rule violation; this does not count as met"
              .formatted(Counted.of(silent, "evaluation")));
    }
  }

  private static String reasons(Summary summary) {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("failed evaluation", summary.evaluations().failed());
    counts.put("undetermined verdict", summary.undetermined());
    counts.put("dead letter", summary.deadLetters());
    counts.put("late report", summary.read().late());
    List<String> reasons =
        new ArrayList<>(
            counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> Counted.of(count.getValue(), count.getKey()))
                .toList());
    if (!summary.unjudged().isEmpty()) {
      reasons.add("no verdict for " + named(summary.unjudged()));
    }
    return String.join(", ", reasons) + "; see --allow";
  }

  private static String named(List<String> names) {
    String more = names.size() > MAX_NAMES ? ", and " + (names.size() - MAX_NAMES) + " more" : "";
    return String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size()))) + more;
  }
}
