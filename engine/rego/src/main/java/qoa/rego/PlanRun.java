package qoa.rego;

import qoa.rego.budget.Budget;
import qoa.rego.machine.CompiledPlan;
import qoa.rego.machine.RunState;
import qoa.rego.value.RegoSet;
import qoa.rego.value.RegoValue;

/**
 * One evaluation of a plan, for callers that make its input or read its answers at its expense.
 * {@link PreparedPlan#begin} gives it. Used by one thread.
 */
public final class PlanRun {
  private final CompiledPlan plan;
  private final RunState state;

  PlanRun(CompiledPlan plan, RunState state) {
    this.plan = plan;
    this.state = state;
  }

  /** Pays for all that belongs to the evaluation. */
  public Budget budget() {
    return state;
  }

  /** The steps that are left. */
  public long stepsLeft() {
    return state.stepsLeft();
  }

  /**
   * Evaluates an entrypoint. Whatever it throws has ended the evaluation, and {@link
   * PlanException#of} tells what it means.
   *
   * @param input null for none
   * @param data the base documents; null for none
   * @return as {@link PreparedPlan#evaluate} gives it
   */
  public RegoSet evaluate(String entrypoint, RegoValue input, RegoValue data) {
    plan.entrypoint(entrypoint).callRule(input, data, state);
    return state.results();
  }
}
