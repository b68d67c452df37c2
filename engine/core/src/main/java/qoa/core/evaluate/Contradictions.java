package qoa.core.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qoa.core.model.Verdict;

/** Finds members that stand in two of a policy's sets: nobody knows which of them holds. */
final class Contradictions {

  private static final int SHOWN = 200;

  private Contradictions() {}

  /**
   * What is wrong with verdicts, if anything. Two members are the same where they differ in nothing
   * but what was observed and, beside a constraint, what people are told: rules that overlap differ
   * in these. Linear in the number of verdicts.
   *
   * @param verdicts by kind: violated, undetermined, met
   */
  static Optional<String> in(List<Verdict> verdicts) {
    if (verdicts.isEmpty() || kind(verdicts, 0) == kind(verdicts, verdicts.size() - 1)) {
      return Optional.empty(); // as most are: nothing but met
    }
    Map<Verdict, Verdict.Kind> sets = new HashMap<>();
    for (Verdict verdict : verdicts) {
      Verdict member =
          verdict.again(null, null, verdict.constraint() == null ? verdict.message() : null);
      Verdict.Kind first =
          verdict.kind() == Verdict.Kind.MET
              ? sets.get(member)
              : sets.putIfAbsent(member, verdict.kind());
      if (first != null && first != verdict.kind()) {
        return Optional.of(
            "the same member is in %s and in %s: %s"
                .formatted(rule(first), rule(verdict.kind()), describe(verdict)));
      }
    }
    return Optional.empty();
  }

  private static Verdict.Kind kind(List<Verdict> verdicts, int index) {
    return verdicts.get(index).kind();
  }

  private static String rule(Verdict.Kind kind) {
    return kind == Verdict.Kind.VIOLATED ? "violation" : kind.label();
  }

  private static String describe(Verdict verdict) {
    StringBuilder text =
        new StringBuilder(verdict.constraint() == null ? "message " : "constraint ");
    String name = verdict.name();
    text.append(name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…");
    append(text, "stakeholder", verdict.stakeholder());
    append(text, "stage", verdict.stage());
    append(text, "instance", verdict.instance());
    append(text, "metric", verdict.metric());
    return text.toString();
  }

  private static void append(StringBuilder text, String key, String value) {
    if (value != null) {
      text.append(", ").append(key).append(' ').append(value);
    }
  }
}
