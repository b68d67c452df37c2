/**
 * The independent checker. It computes the expected events from the reports in the broker and from
 * the contracts, and compares them with the events found. It shares no code with the engine. It
 * follows only {@code engine/docs} and {@code contracts/README.md}.
 */
package qoa.systemtests.faults.check;
