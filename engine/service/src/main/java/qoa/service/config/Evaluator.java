package qoa.service.config;

import java.util.Locale;

/** How policies run. */
public enum Evaluator {
  /** On an OPA server. */
  OPA,
  /** As a plan that OPA compiles, in the process of the engine. */
  PLAN,
  /** As a plan; on an OPA server for policies that need a builtin that the plan lacks. */
  PLAN_OR_OPA;

  /** The value in {@code engine.yaml}, such as {@code opa}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The label, which the command line prints and reads. */
  @Override
  public String toString() {
    return label();
  }
}
