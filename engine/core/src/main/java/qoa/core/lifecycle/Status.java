package qoa.core.lifecycle;

import java.util.StringJoiner;
import java.util.stream.Stream;
import qoa.core.model.Partition;
import qoa.core.model.Verdict;
import qoa.core.model.Window;

/**
 * The current verdict of one promise, as the topic {@code qoa.status} holds it: what subscribers
 * start from, and where an engine finds its open violations again.
 *
 * @param contract which contract
 * @param wildcard whether that contract judges every application, so that the key names this one
 * @param application the application reported on
 * @param stakeholder who is accountable; null where the policy names nobody
 * @param verdict the worst that was said last; null where the promise is no longer watched
 * @param state whether a violation is open, and what is counted
 * @param window the span of event time judged last
 * @param reports how many reports that rests on
 * @param policy who judged it
 * @param home the stream that the application's reports are read from
 * @param fingerprint hash of the contract's document
 */
public record Status(
    Event.ContractRef contract,
    boolean wildcard,
    String application,
    Event.StakeholderRef stakeholder,
    Verdict verdict,
    PromiseState state,
    Window window,
    long reports,
    Event.PolicyRef policy,
    Partition home,
    String fingerprint) {

  /** The same, of an application whose reports are read from another stream by now. */
  Status at(Partition other) {
    return new Status(
        contract,
        wildcard,
        application,
        stakeholder,
        verdict,
        state,
        window,
        reports,
        policy,
        other,
        fingerprint);
  }

  Promise promise() {
    return Promise.of(verdict);
  }

  /**
   * The message key: {@code contract|constraint|stakeholder|stage|instance}, empty where the
   * promise has no such thing; with {@code |application} where the contract judges every
   * application. A {@code |} or {@code \} inside a part has a {@code \} before it.
   */
  public String key() {
    return key(contract.id(), promise(), wildcard ? application : null);
  }

  private static String key(String contract, Promise promise, String application) {
    StringJoiner key = new StringJoiner("|");
    Stream.of(contract, promise.name(), promise.stakeholder(), promise.stage(), promise.instance())
        .forEach(part -> key.add(escaped(part)));
    return application == null ? key.toString() : key.add(escaped(application)).toString();
  }

  private static String escaped(String part) {
    return part == null ? "" : part.replace("\\", "\\\\").replace("|", "\\|");
  }
}
