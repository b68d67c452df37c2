package qoa.core.model;

import java.util.List;

/**
 * A decoded report.
 *
 * @param raw the message it was decoded from
 * @param kind the kind of client that sent it, by its shape
 * @param application what contracts are matched by; never null
 * @param sender the client that sent it, by its stage and instance, because clients have clocks of
 *     their own; empty where the report has neither
 * @param eventTime when it was made, in milliseconds since the epoch
 * @param observations its numbers in the order of the message; may be empty
 */
public record Report(
    RawReport raw,
    ReportKind kind,
    String application,
    String sender,
    long eventTime,
    List<Observation> observations) {}
