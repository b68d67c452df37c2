/**
 * What the Kafka adapters of {@code ingest} and {@code emit} share, below the stages: other
 * packages pass these things from one adapter to the other without seeing a type of Kafka's.
 */
package qoa.kafka;
