/**
 * The independent checker: recomputes from the reports as the broker stores them, and from the
 * contracts, which events must be there, and compares. It shares no code with the engine; what it
 * knows it knows from DESIGN.
 */
package qoa.engine.faults.check;
