/**
 * The independent checker: recomputes from the reports as the broker stores them, and from the
 * contracts, which events must be there, and compares. It shares no code with the engine; it
 * follows the documents in {@code engine/docs} and {@code contracts/README.md} alone.
 */
package qoa.systemtests.faults.check;
