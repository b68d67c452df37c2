package qoa.core.model;

/**
 * A stream of reports with an order of its own: a Kafka partition, or a file.
 *
 * @param topic the Kafka topic, or the file's name
 * @param partition the Kafka partition; 0 for a file
 */
public record Partition(String topic, int partition) {}
