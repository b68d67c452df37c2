package qoa.core.model;

import java.util.Locale;

/**
 * A message that is not a report, and why.
 *
 * @param raw the message, unchanged
 * @param reason the kind of fault, which is counted
 * @param detail what is wrong, where, and what was expected; for people
 */
public record DeadLetter(RawReport raw, Reason reason, String detail) implements Incoming {

  /** Kinds of fault. Headers and labels have the name in lower case. */
  public enum Reason {
    /** The message has no value, or an empty one. */
    EMPTY,
    /** More bytes than {@code limits.report-bytes}, or more than 10,000 numbers. */
    TOO_LARGE,
    /** The bytes are not one JSON text. */
    NOT_JSON,
    /** Nested deeper than {@code limits.report-depth}. */
    TOO_DEEP,
    /** An object has the same key twice, so its meaning is ambiguous. */
    DUPLICATE_KEY,
    /** A number that no double holds, so large or so near to 0, or one of over 1,000 characters. */
    NUMBER_OUT_OF_RANGE,
    /** A name of more than 512 bytes: application, stage, instance, unit, metric with its path. */
    NAME_TOO_LONG,
    /** JSON, but none of the report kinds. */
    UNKNOWN_SHAPE,
    /** A known key holds the wrong type of value. */
    WRONG_TYPE,
    /** The report has no application. */
    NO_APPLICATION,
    /** Neither the report nor its record has a time. */
    NO_TIME,
    /** The event time is negative, or further ahead than {@code limits.time-ahead}. */
    INVALID_TIME,
    /** In the topic of re-keyed reports, but not as an engine writes there. */
    NOT_REKEYED,
    /** A report whose re-keyed copy is larger than its topic takes. */
    RECORD_TOO_LARGE;

    /** The name as it stands in headers and labels, such as {@code not_json}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Partition partition() {
    return raw.partition();
  }

  @Override
  public long offset() {
    return raw.offset();
  }
}
