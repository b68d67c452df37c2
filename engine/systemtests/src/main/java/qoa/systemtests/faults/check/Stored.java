package qoa.systemtests.faults.check;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record as the broker stores it.
 *
 * @param timestamp when it was sent, in milliseconds since the epoch
 * @param key null where it has none
 * @param value null where it has none
 * @param headers the last of each name, as text
 */
public record Stored(
    Place place, long timestamp, byte[] key, byte[] value, Map<String, String> headers) {

  /** All of a topic, in the order given. */
  public static List<Stored> of(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(Stored::of).toList();
  }

  /** One line; keys and values as the UTF-8 that they mostly are. */
  @Override
  public String toString() {
    return "%s %d %s %s %s".formatted(place, timestamp, text(key), headers, text(value));
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8).replace("\n", " ");
  }

  private static Stored of(ConsumerRecord<byte[], byte[]> message) {
    Map<String, String> headers = new TreeMap<>();
    for (var header : message.headers()) {
      if (header.value() != null) {
        headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return new Stored(
        new Place(message.topic(), message.partition(), message.offset()),
        message.timestamp(),
        message.key(),
        message.value(),
        headers);
  }
}
