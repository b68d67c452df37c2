package qoa.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import qoa.core.model.DeadLetter.Reason;
import qoa.core.model.Partition;
import qoa.core.model.Position;
import qoa.core.model.RawReport;

/**
 * A message of the dead-letter topic. What it says of itself stands in headers, which anybody may
 * have written: none of them need be there.
 *
 * @param message as it stands in the dead-letter topic
 * @param redriven whether it was sent back before
 */
public record StoredDeadLetter(RawReport message, boolean redriven) {

  /** Begin of the headers that stand for a value that the topic did not take. */
  public static final String VALUE = EngineHeaders.PREFIX + "value";

  /** Begin of the headers that stand for a key that the topic did not take. */
  public static final String KEY = EngineHeaders.PREFIX + "key";

  /** End of the header that gives the size of what was left out, in bytes. */
  public static final String BYTES = "-bytes";

  /** End of the header that gives the SHA-256 of what was left out, in hexadecimal digits. */
  public static final String SHA256 = "-sha256";

  /** Says how many headers of the client were left out. */
  public static final String HEADERS_OMITTED = EngineHeaders.PREFIX + "headers-omitted";

  static StoredDeadLetter of(ConsumerRecord<byte[], byte[]> message, boolean redriven) {
    List<RawReport.Header> headers =
        Arrays.stream(message.headers().toArray())
            .map(header -> new RawReport.Header(header.key(), header.value()))
            .toList();
    Partition source = new Partition(message.topic(), message.partition());
    return new StoredDeadLetter(
        new RawReport(
            source, message.offset(), message.timestamp(), message.key(), message.value(), headers),
        redriven);
  }

  /** Where it stands. */
  public DeadLetterId id() {
    return new DeadLetterId(message.source().partition(), message.offset());
  }

  /** When it became a dead letter. */
  public Instant time() {
    return Instant.ofEpochMilli(message.timestamp());
  }

  /** Why it is one; empty where no header says so, or gives a reason that is not known here. */
  public Optional<Reason> reason() {
    return header("qoa.reason")
        .flatMap(
            label ->
                Arrays.stream(Reason.values()).filter(r -> r.label().equals(label)).findFirst());
  }

  /** What is wrong with it, for people; empty text where no header says so. */
  public String detail() {
    return header("qoa.detail").orElse("");
  }

  /** Where it was before; empty where no headers say so. */
  public Optional<Position> origin() {
    try {
      int partition = Integer.parseInt(header("qoa.partition").orElse(""));
      long offset = Long.parseLong(header("qoa.offset").orElse(""));
      return header("qoa.topic").map(topic -> new Position(topic, partition, offset));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The Kafka time that it had there; empty where no header says so, or it had none. */
  public Optional<Instant> originalTime() {
    try {
      long millis = Long.parseLong(header("qoa.timestamp").orElse(""));
      return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The headers that it came with, without all that are the engine's own. */
  public List<RawReport.Header> originalHeaders() {
    return message.headers().stream()
        .filter(header -> !EngineHeaders.isOwn(header.name()))
        .toList();
  }

  /** The size of the message itself, in bytes. */
  public int bytes() {
    return message.value() == null ? 0 : message.value().length;
  }

  /** Whether the topic did not take its value, so that only size and hash are left of it. */
  public boolean isWithoutValue() {
    return message.value() == null && header(VALUE + SHA256).isPresent();
  }

  /** The last one of that name: the engine puts its own behind those of the sender. */
  private Optional<String> header(String name) {
    return message.headers().stream()
        .filter(header -> header.name().equals(name) && header.value() != null)
        .reduce((first, second) -> second)
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }
}
