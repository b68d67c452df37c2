package qoa.core.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qoa.core.model.Promise;
import qoa.core.model.Verdict;

/** Finds a member that a policy puts in two of its sets, so that neither verdict holds. */
final class Contradictions {

  private static final int SHOWN = 200;

  private Contradictions() {}

  /**
   * Describes a contradiction between verdicts, if there is one. Two members are the same if their
   * promises are: the observed value may differ, and beside a constraint the message too, as they
   * do where rules overlap. Linear in the number of verdicts.
   *
   * @param verdicts by kind: violated, undetermined, met
   */
  static Optional<String> in(List<Verdict> verdicts) {
    if (verdicts.isEmpty() || kind(verdicts, 0) == kind(verdicts, verdicts.size() - 1)) {
      return Optional.empty(); // most evaluations give only met
    }
    Map<Promise, Verdict.Kind> sets = new HashMap<>();
    for (Verdict verdict : verdicts) {
      Promise member = verdict.promise();
      Verdict.Kind first =
          verdict.kind() == Verdict.Kind.MET
              ? sets.get(member)
              : sets.putIfAbsent(member, verdict.kind());
      if (first != null && first != verdict.kind()) {
        return Optional.of(
            "the same member is in %s and in %s: %s"
                .formatted(rule(first), rule(verdict.kind()), describe(verdict.promise())));
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

  private static String describe(Promise promise) {
    StringBuilder text =
        new StringBuilder(promise.constraint() == null ? "message " : "constraint ");
    String name = promise.name();
    text.append(name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…");
    append(text, "stakeholder", promise.stakeholder());
    append(text, "stage", promise.stage());
    append(text, "instance", promise.instance());
    append(text, "metric", promise.metric());
    return text.toString();
  }

  private static void append(StringBuilder text, String key, String value) {
    if (value != null) {
      text.append(", ").append(key).append(' ').append(value);
    }
  }
}
