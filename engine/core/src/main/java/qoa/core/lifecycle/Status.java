package qoa.core.lifecycle;

import java.util.StringJoiner;
import qoa.core.model.Partition;
import qoa.core.model.PromiseKey;
import qoa.core.model.Verdict;

/**
 * The current verdict of one promise, as the topic {@code qoa.status} holds it: what subscribers
 * start from, and where an engine finds its open violations again.
 *
 * @param evaluation the last evaluation of the promise
 * @param stakeholder the accountable stakeholder; null where the policy names none
 * @param verdict the worst verdict of that evaluation
 * @param state whether a violation is open, and how many windows count for damping
 * @param partition the partition that the application's reports are read from
 * @param fingerprint hash of the contract's document
 * @param wildcard whether the contract judges every application, so that the key names this one
 */
public record Status(
    Event.EvaluationRef evaluation,
    Event.StakeholderRef stakeholder,
    Verdict verdict,
    PromiseState state,
    Partition partition,
    String fingerprint,
    boolean wildcard) {

  /** The same, of an application whose reports are now read from another partition. */
  Status at(Partition other) {
    return new Status(evaluation, stakeholder, verdict, state, other, fingerprint, wildcard);
  }

  /** The promise that it is about. */
  PromiseKey promise() {
    return verdict.promise().key();
  }

  /** The application reported on. */
  public String application() {
    return evaluation.application();
  }

  /**
   * The message key: {@code contract|constraint|stakeholder|stage|instance}, with an empty part
   * where the promise has none; with {@code |application} where the contract judges every
   * application. A {@code |} or {@code \} inside a part has a {@code \} before it.
   */
  public String key() {
    PromiseKey promise = promise();
    StringJoiner key =
        new StringJoiner("|")
            .add(escaped(evaluation.contract().id()))
            .add(escaped(promise.name()))
            .add(escaped(promise.stakeholder()))
            .add(escaped(promise.stage()))
            .add(escaped(promise.instance()));
    return wildcard ? key.add(escaped(application())).toString() : key.toString();
  }

  private static String escaped(String part) {
    return part == null ? "" : part.replace("\\", "\\\\").replace("|", "\\|");
  }
}
