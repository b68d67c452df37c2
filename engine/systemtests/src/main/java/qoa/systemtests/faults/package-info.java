/**
 * The fault suite: {@code scripts/faults} runs the engine as people run it, breaks what can break
 * around it, and has an independent checker look at what subscribers get. {@code FaultRun} is the
 * whole of a run; {@code engine/docs/decisions/0025-fault-suite.md} explains how it shows that
 * nothing is lost.
 */
package qoa.systemtests.faults;
