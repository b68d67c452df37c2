/**
 * The fault suite: {@code scripts/faults} runs the engine as people run it, breaks what can break
 * around it, and has an independent checker look at what subscribers get. {@code FaultRun} is the
 * whole of a run; {@code engine/RATIONALE.md} says how it proves that nothing is lost.
 */
package qoa.engine.faults;
