package qoa.systemtests.faults.check;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record in the broker.
 *
 * @param timestamp its timestamp, in milliseconds since the epoch
 * @param key null for none
 * @param value null for none
 * @param headers the last of each name, as text
 */
public record Stored(
    Place place, long timestamp, byte[] key, byte[] value, Map<String, String> headers) {

  /** The records, in the same order. */
  public static List<Stored> of(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(Stored::of).toList();
  }

  /** The record on one line, with key and value as UTF-8. */
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
