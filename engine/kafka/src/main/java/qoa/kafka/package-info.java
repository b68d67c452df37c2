/**
 * Everything that touches Kafka: reading reports, writing results, state, topics, rights, dead
 * letters and redrive.
 */
package qoa.kafka;
