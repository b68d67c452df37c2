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

/** What the reader of a dry run should know beside its verdicts: why something was not judged. */
final class DryRunNotes {

  /** So many names are told where there may be any number of them. */
  private static final int NAMED = 10;

  private DryRunNotes() {}

  /**
   * The notes, in the order in which they should be read.
   *
   * @param exitCode what the run ends with
   */
  static List<String> of(DryRun.Result run, int exitCode) {
    List<String> notes = new ArrayList<>();
    Summary summary = run.summary();
    deadLetters(summary, notes);
    applications(run, notes);
    textNumbers(run, notes);
    silence(summary, notes);
    if (exitCode == ExitCode.UNDETERMINED) {
      notes.add("not all is known to be met: " + reasons(summary));
    }
    return notes;
  }

  private static void deadLetters(Summary summary, List<String> notes) {
    if (summary.reports() == 0) {
      notes.add("there was nothing to read");
    } else if (summary.deadLetters() > 0) {
      String reasons =
          summary.read().deadLetters().entrySet().stream()
              .map(reason -> reason.getValue() + " " + reason.getKey().label())
              .collect(joining(", "));
      notes.add(
          summary.deadLetters() == summary.reports()
              ? "all that was read are dead letters, so nothing was judged: " + reasons
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
            .limit(NAMED)
            .map(
                sent ->
                    "%s (%s%s)"
                        .formatted(
                            Printable.line(sent.getKey()),
                            Counted.of(sent.getValue(), "report"),
                            NearestName.hint(sent.getKey(), known)))
            .toList();
    String more = unmatched.size() > NAMED ? ", and others" : "";
    notes.add(
        "no contract asks for reports of application %s; contracts are about %s"
            .formatted(String.join(", ", told) + more, named(List.copyOf(known))));
  }

  private static void textNumbers(DryRun.Result run, List<String> notes) {
    List<String> metrics = List.copyOf(run.reports().textNumbers());
    if (!metrics.isEmpty()) {
      notes.add(
          "sent as text and not as a number, so it was not observed: %s; send it without quotes"
              .formatted(named(metrics.stream().map(Printable::line).toList())));
    }
  }

  private static void silence(Summary summary, List<String> notes) {
    long silent = summary.evaluations().silent();
    if (silent > 0) {
      notes.add(
          "%s of policies that have only the rule violation said nothing; that is not known to be met"
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
      reasons.add("no verdict on " + named(summary.unjudged()));
    }
    return String.join(", ", reasons) + "; see --allow";
  }

  private static String named(List<String> names) {
    String more = names.size() > NAMED ? ", and " + (names.size() - NAMED) + " more" : "";
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + more;
  }
}
