package qoa.core.model;

/**
 * An application moves to a home from another one, say because its topic grew by partitions: what
 * the engine that judged it there knew of it. It stands before the reports of the application that
 * come with it.
 *
 * @param home the stream it was read from
 * @param homeOffset its place there
 * @param application its name
 * @param from where the application's reports were judged before
 * @param state what was known of it, in the engine's words; empty for nothing
 */
public record Handover(
    Partition home, long homeOffset, String application, Partition from, String state)
    implements Incoming {}
