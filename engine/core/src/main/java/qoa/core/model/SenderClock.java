package qoa.core.model;

/**
 * What a restart must know of the clock of a sender of reports. Times in milliseconds.
 *
 * @param sender its name
 * @param vouched the latest event time that it vouches for
 * @param latest its own clock at its latest report
 * @param reported for how long it has reported
 * @param firstEvent the event time of its first report
 * @param silent how long it has been silent by the other sender's clock
 * @param longestStep the longest step of that clock meanwhile
 * @param staleness how much older its latest report was than the report's Kafka record
 * @param away whether it has been silent for the idle timeout
 */
public record SenderClock(
    String sender,
    long vouched,
    long latest,
    long reported,
    long firstEvent,
    long silent,
    long longestStep,
    long staleness,
    boolean away) {}
