package qoa.systemtests.faults;

/** What an engine judges with. */
enum Backend {
  /** An OPA that the engine starts and supervises. */
  MANAGED,
  /** An OPA of ours, behind a proxy that can be told to fail. */
  PROXIED,
  /** The policies as a plan inside the engine. */
  PLAN
}
