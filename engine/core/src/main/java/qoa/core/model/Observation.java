package qoa.core.model;

/**
 * One number in a report. Application and event time are the report's.
 *
 * @param stage where it was measured
 * @param instance the instance that measured it; null where the report names none
 * @param metric its name, a leaf of a nested record as {@code m.a.b}
 * @param unit its unit as sent; null where none was sent, which is the usual case
 * @param value the number; a boolean is 1 or 0
 * @param flag true where the report holds a boolean
 */
public record Observation(
    String stage, String instance, String metric, String unit, double value, boolean flag) {}
