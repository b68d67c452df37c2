package qoa.systemtests.faults;

/** How an engine evaluates policies. */
enum Backend {
  /** On an OPA server that the engine starts and supervises. */
  MANAGED,
  /** On an OPA server of the suite, behind a proxy that can fail on request. */
  PROXIED,
  /** As a plan in the process of the engine. */
  PLAN
}
