package qoa.core.model;

/**
 * An application moves here from another partition, for example because its topic grew: the state
 * that it had there. It precedes the reports of the application.
 *
 * @param partition the partition that it was read from
 * @param offset its offset there
 * @param application its name
 * @param from the partition in which the application's reports were judged before
 * @param state the engine's state of the application; empty for none
 */
public record Handover(
    Partition partition, long offset, String application, Partition from, String state)
    implements Incoming {}
