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
 * A message of the dead-letter topic. Its headers describe it. Any of them may be missing, because
 * other programs may have written the message.
 *
 * @param message the message in the dead-letter topic
 * @param redriven whether it was redriven before
 */
public record StoredDeadLetter(RawReport message, boolean redriven) {

  /** Prefix of the headers that replace a value that the topic did not accept. */
  public static final String VALUE = EngineHeaders.PREFIX + "value";

  /** Prefix of the headers that replace a key that the topic did not accept. */
  public static final String KEY = EngineHeaders.PREFIX + "key";

  /** Suffix of the header with the size of the omitted part, in bytes. */
  public static final String BYTES = "-bytes";

  /** Suffix of the header with the SHA-256 of the omitted part, in hexadecimal. */
  public static final String SHA256 = "-sha256";

  /** The number of omitted headers of the client. */
  public static final String HEADERS_OMITTED = EngineHeaders.PREFIX + "headers-omitted";

  static StoredDeadLetter of(ConsumerRecord<byte[], byte[]> message, boolean redriven) {
    List<RawReport.Header> headers =
        Arrays.stream(message.headers().toArray())
            .map(header -> new RawReport.Header(header.key(), header.value()))
            .toList();
    Partition partition = new Partition(message.topic(), message.partition());
    return new StoredDeadLetter(
        new RawReport(
            partition,
            message.offset(),
            message.timestamp(),
            message.key(),
            message.value(),
            headers),
        redriven);
  }

  /** Its position in the dead-letter topic. */
  public DeadLetterId id() {
    return new DeadLetterId(message.sourcePartition().partition(), message.sourceOffset());
  }

  /** When it became a dead letter. */
  public Instant time() {
    return Instant.ofEpochMilli(message.timestamp());
  }

  /** The reason; empty if there is no such header, or the reason is unknown. */
  public Optional<Reason> reason() {
    return header("qoa.reason")
        .flatMap(
            label ->
                Arrays.stream(Reason.values()).filter(r -> r.label().equals(label)).findFirst());
  }

  /** The explanation, for people; an empty text if there is no such header. */
  public String detail() {
    return header("qoa.detail").orElse("");
  }

  /** Its original position; empty if there are no such headers. */
  public Optional<Position> origin() {
    try {
      int partition = Integer.parseInt(header("qoa.partition").orElse(""));
      long offset = Long.parseLong(header("qoa.offset").orElse(""));
      return header("qoa.topic").map(topic -> new Position(topic, partition, offset));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Its original timestamp; empty if there is no such header, or it had none. */
  public Optional<Instant> originalTime() {
    try {
      long millis = Long.parseLong(header("qoa.timestamp").orElse(""));
      return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The headers of the client. */
  public List<RawReport.Header> originalHeaders() {
    return message.headers().stream()
        .filter(header -> !EngineHeaders.isOwn(header.name()))
        .toList();
  }

  /** The size of the value, in bytes. */
  public int bytes() {
    return message.value() == null ? 0 : message.value().length;
  }

  /** Whether the topic did not accept the value, so that only its size and hash are left. */
  public boolean isWithoutValue() {
    return message.value() == null && header(VALUE + SHA256).isPresent();
  }

  /** The last header of a name: the engine appends its own to those of the client. */
  private Optional<String> header(String name) {
    return message.headers().stream()
        .filter(header -> header.name().equals(name) && header.value() != null)
        .reduce((first, second) -> second)
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }
}
