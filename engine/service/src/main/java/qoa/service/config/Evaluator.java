package qoa.service.config;

import java.util.Locale;

/** What runs the policies. */
public enum Evaluator {
  /** An OPA server. */
  OPA,
  /** OPA's plan, executed inside the engine. */
  PLAN,
  /** The plan; an OPA server for the policies that need a builtin that the plan does not have. */
  PLAN_OR_OPA;

  /** The word in {@code engine.yaml}, such as {@code opa}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The same: it is what the command line shows and takes. */
  @Override
  public String toString() {
    return label();
  }
}
