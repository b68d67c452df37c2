/**
 * The fault suite. {@code scripts/faults} runs the engine as operators run it, injects faults in
 * its environment, and compares the messages that subscribers receive with the expected ones.
 * {@code FaultRun} is one run. {@code engine/docs/decisions/0025-fault-suite.md} explains how the
 * suite shows that nothing is lost.
 */
package qoa.systemtests.faults;
