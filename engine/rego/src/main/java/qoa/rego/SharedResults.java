package qoa.rego;

import qoa.rego.machine.FixedResults;

/**
 * Results of rules that are the same in many evaluations, as {@link PreparedPlan#shared} describes.
 * May be used by any number of threads.
 */
public final class SharedResults {
  final FixedResults results;

  SharedResults(int functions) {
    results = new FixedResults(functions);
  }
}
