package qoa.core.evaluate.opa;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import qoa.core.contracts.Contract;
import qoa.core.evaluate.Revision;

/**
 * The generated module through which all inputs go: one rule a policy package, which judges a whole
 * batch. It is pushed last and deleted first, so an answer that carries its revision was made with
 * all of that revision.
 *
 * <p>The three rules of a policy are read under one {@code with}: OPA forgets what it has worked
 * out at each {@code with}, and three of them would do the policy's work three times. A rule's
 * value stands in an array of its own, which is empty where the rule is undefined.
 */
final class Dispatcher {

  private static final String PACKAGE = "qoa_engine.dispatch";

  private final String revision;
  private final List<String> packages;

  /** Packages that no policy of the revision has are left out. */
  Dispatcher(Revision revision) {
    SortedSet<String> used = new TreeSet<>();
    for (Contract contract : revision.contracts().contracts()) {
      if (revision.policies().hasPackage(contract.policy())) {
        used.add(contract.policy());
      }
    }
    this.revision = revision.id();
    this.packages = List.copyOf(used);
  }

  /** Whether inputs of the package can be judged. */
  boolean knows(String policy) {
    return packages.contains(policy);
  }

  /** The packages in use, in order of their names. */
  List<String> packages() {
    return packages;
  }

  /** Where the revision stands in {@code data}. */
  static String revisionPath() {
    return PACKAGE.replace('.', '/') + "/revision";
  }

  /** The rule that judges a batch of a package's inputs. */
  String path(String policy) {
    return PACKAGE.replace('.', '/') + "/answers_" + packages.indexOf(policy);
  }

  /** The module's text. */
  String text() {
    StringBuilder text = new StringBuilder("package " + PACKAGE + "\n\n");
    text.append("revision := \"").append(JsonStringEncoder.getInstance().quoteAsString(revision));
    text.append("\"\n");
    for (int i = 0; i < packages.size(); i++) {
      text.append(
          """

          judge_%1$d := [
          	[value | value := data.%2$s.violation],
          	[value | value := data.%2$s.undetermined],
          	[value | value := data.%2$s.met],
          ]

          answers_%1$d := {"revision": revision, "answers": [answer |
          	some item in input.batch
          	answer := judge_%1$d with input as item
          ]}
          """
              .formatted(i, packages.get(i)));
    }
    return text.toString();
  }
}
