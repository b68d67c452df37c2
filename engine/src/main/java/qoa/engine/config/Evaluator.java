package qoa.engine.config;

import java.util.Locale;

/** What runs the policies. */
public enum Evaluator {
  /** An OPA server. */
  OPA,
  /** OPA's plan, executed inside the engine. */
  PLAN;

  /** The word in {@code engine.yaml}, such as {@code opa}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
