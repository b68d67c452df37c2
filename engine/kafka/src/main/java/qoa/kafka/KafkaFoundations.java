package qoa.kafka;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import qoa.core.settings.Checks;

/**
 * Kafka properties that exactly-once rests on. The engine sets them itself; a file that sets one to
 * anything else is refused.
 */
final class KafkaFoundations {

  /**
   * One of them.
   *
   * @param allowed values that change nothing
   * @param expected what to write instead
   */
  private record Foundation(String name, Predicate<String> allowed, String expected) {}

  private static final String BYTES = "no such key here: the engine reads and writes bytes";

  private static final List<Foundation> ALL =
      List.of(
          new Foundation(
              "enable.auto.commit",
              "false"::equals,
              "no such key here: the engine commits positions in the transaction of their results"),
          new Foundation(
              "isolation.level",
              "read_committed"::equals,
              "read_committed: the engine must not judge what was never committed"),
          new Foundation(
              "auto.offset.reset",
              "earliest"::equals,
              "earliest: else reports are lost that come before an engine sees a new partition; to"
                  + " start elsewhere, use kafka-consumer-groups.sh --reset-offsets"),
          new Foundation(
              "partition.assignment.strategy",
              "org.apache.kafka.clients.consumer.RangeAssignor"::equals,
              "no such key here: the engine needs the range assignor, which revokes every partition"
                  + " before it assigns one"),
          new Foundation(
              "group.protocol",
              "classic"::equals,
              "classic: the engine needs every partition revoked before one is assigned"),
          new Foundation(
              "group.remote.assignor",
              value -> false,
              "no such key here: the engine needs the classic group protocol"),
          new Foundation(
              "enable.idempotence",
              "true"::equals,
              "true: else a record that is sent again is there twice"),
          new Foundation(
              "acks",
              value -> value.equals("all") || value.equals("-1"),
              "all: else what is committed can be lost with one broker"),
          new Foundation(
              "retries", value -> !value.equals("0"), "above 0: an idempotent producer needs it"),
          new Foundation(
              "max.in.flight.requests.per.connection",
              value -> IntStream.rangeClosed(1, 5).anyMatch(n -> value.equals(String.valueOf(n))),
              "1 to 5: with more an idempotent producer cannot keep the order"),
          new Foundation(
              "partitioner.class",
              value -> false,
              "no such key here: all engines must put a key on the same partition"),
          new Foundation(
              "partitioner.ignore.keys",
              "false"::equals,
              "false: all engines must put a key on the same partition"),
          new Foundation(
              "transaction.two.phase.commit.enable",
              "false"::equals,
              "false: nobody would end the transactions that an engine leaves open"),
          new Foundation("key.serializer", value -> false, BYTES),
          new Foundation("value.serializer", value -> false, BYTES),
          new Foundation("key.deserializer", value -> false, BYTES),
          new Foundation("value.deserializer", value -> false, BYTES));

  private KafkaFoundations() {}

  /** Their names, in the order in which they are told. */
  static List<String> names() {
    return ALL.stream().map(Foundation::name).toList();
  }

  /** Refuses properties of a section that set one of them to something else. */
  static void check(Checks checks, String section, Map<String, String> properties) {
    for (Foundation foundation : ALL) {
      String value = properties.get(foundation.name());
      checks.that(
          section + "/" + foundation.name(),
          value == null || foundation.allowed().test(value),
          foundation.expected());
    }
  }
}
