package qoa.core.evaluate.opa;

import java.util.HashMap;
import java.util.Map;
import qoa.core.evaluate.InputJson;
import qoa.core.evaluate.Revision;

/**
 * A revision that was pushed, and how to ask for it.
 *
 * @param revision what OPA holds
 * @param dispatcher where to ask
 * @param inputs how to write inputs, by policy package
 */
record Prepared(Revision revision, Dispatcher dispatcher, Map<String, InputJson> inputs) {

  static Prepared of(Revision revision, Analysis analysis) {
    Dispatcher dispatcher = new Dispatcher(revision);
    Map<String, InputJson> inputs = new HashMap<>();
    for (String policy : dispatcher.packages()) {
      inputs.put(policy, analysis.inputJson(policy));
    }
    return new Prepared(revision, dispatcher, Map.copyOf(inputs));
  }
}
