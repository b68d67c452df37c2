package qoa.kafka;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import qoa.core.settings.Checks;

/**
 * Kafka properties on which exactly-once processing depends. The engine sets them itself. Any other
 * value in the configuration is an error.
 */
final class FixedProperties {

  /**
   * A fixed property.
   *
   * @param allowed accepts the values that change nothing
   * @param expected the expected value and the reason, for messages
   */
  private record FixedProperty(String name, Predicate<String> allowed, String expected) {}

  private static final String BYTES = "no value: the engine reads and writes bytes";

  private static final List<FixedProperty> ALL =
      List.of(
          new FixedProperty(
              "enable.auto.commit",
              "false"::equals,
              "false: the engine commits offsets in the transaction of their results"),
          new FixedProperty(
              "isolation.level",
              "read_committed"::equals,
              "read_committed: otherwise the engine would judge reports that were never committed"),
          new FixedProperty(
              "auto.offset.reset",
              "earliest"::equals,
              "earliest: otherwise the engine would miss reports that arrive before it discovers a"
                  + " new partition; to start at another offset, use kafka-consumer-groups.sh"
                  + " --reset-offsets"),
          new FixedProperty(
              "partition.assignment.strategy",
              "org.apache.kafka.clients.consumer.RangeAssignor"::equals,
              "no value: the engine needs the range assignor, which revokes every partition"
                  + " before it assigns one"),
          new FixedProperty(
              "group.protocol",
              "classic"::equals,
              "classic: Kafka must revoke every partition before it assigns one"),
          new FixedProperty(
              "group.remote.assignor",
              value -> false,
              "no value: the engine needs the classic group protocol"),
          new FixedProperty(
              "enable.idempotence",
              "true"::equals,
              "true: otherwise a record that is sent again would be duplicated"),
          new FixedProperty(
              "acks",
              value -> value.equals("all") || value.equals("-1"),
              "all: otherwise committed records could be lost with one broker"),
          new FixedProperty(
              "retries",
              value -> !value.equals("0"),
              "above 0: an idempotent producer requires it"),
          new FixedProperty(
              "max.in.flight.requests.per.connection",
              value -> IntStream.rangeClosed(1, 5).anyMatch(n -> value.equals(String.valueOf(n))),
              "1 to 5: with more, an idempotent producer cannot keep the order"),
          new FixedProperty(
              "partitioner.class",
              value -> false,
              "no value: all engines must map a key to the same partition"),
          new FixedProperty(
              "partitioner.ignore.keys",
              "false"::equals,
              "false: all engines must map a key to the same partition"),
          new FixedProperty(
              "transaction.two.phase.commit.enable",
              "false"::equals,
              "false: otherwise nothing would end an open transaction"),
          new FixedProperty("key.serializer", value -> false, BYTES),
          new FixedProperty("value.serializer", value -> false, BYTES),
          new FixedProperty("key.deserializer", value -> false, BYTES),
          new FixedProperty("value.deserializer", value -> false, BYTES));

  private FixedProperties() {}

  /** The names of the properties. */
  static List<String> names() {
    return ALL.stream().map(FixedProperty::name).toList();
  }

  /** Checks that a section sets no fixed property to another value. */
  static void check(Checks checks, String section, Map<String, String> properties) {
    for (FixedProperty property : ALL) {
      String value = properties.get(property.name());
      checks.that(
          section + "/" + property.name(),
          value == null || property.allowed().test(value),
          property.expected());
    }
  }
}
