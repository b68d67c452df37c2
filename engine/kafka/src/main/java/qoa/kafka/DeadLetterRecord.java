package qoa.kafka;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import qoa.core.model.DeadLetter;
import qoa.core.model.RawReport;

/**
 * A dead letter as a Kafka record: key, value and headers unchanged, and the reason in further
 * headers. If its topic does not take the record, the value is left out, then key and headers too;
 * headers have their size and SHA-256 instead.
 */
final class DeadLetterRecord {

  /** The longest detail, in characters. */
  private static final int DETAIL_CHARS = 2_000;

  private DeadLetterRecord() {}

  /**
   * Makes the record.
   *
   * @param limits what the topic takes
   */
  static ProducerRecord<byte[], byte[]> of(
      String topic, DeadLetter deadLetter, RecordLimits limits) {
    RawReport raw = deadLetter.raw();
    ProducerRecord<byte[], byte[]> whole = start(topic, deadLetter, raw.key(), raw.value(), true);
    if (limits.takes(whole)) {
      return whole;
    }
    ProducerRecord<byte[], byte[]> withoutValue = start(topic, deadLetter, raw.key(), null, true);
    addOmitted(withoutValue.headers(), StoredDeadLetter.VALUE, raw.value());
    if (limits.takes(withoutValue)) {
      return withoutValue;
    }
    ProducerRecord<byte[], byte[]> bare = start(topic, deadLetter, null, null, false);
    addOmitted(bare.headers(), StoredDeadLetter.VALUE, raw.value());
    addOmitted(bare.headers(), StoredDeadLetter.KEY, raw.key());
    bare.headers()
        .add(StoredDeadLetter.HEADERS_OMITTED, bytes(String.valueOf(raw.headers().size())));
    return bare;
  }

  private static ProducerRecord<byte[], byte[]> start(
      String topic, DeadLetter deadLetter, byte[] key, byte[] value, boolean withHeaders) {
    ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, key, value);
    Headers headers = message.headers();
    if (withHeaders) {
      deadLetter.raw().headers().forEach(header -> headers.add(header.name(), header.value()));
    }
    String detail = deadLetter.detail();
    headers
        .add("qoa.reason", bytes(deadLetter.reason().label()))
        .add("qoa.detail", bytes(detail.substring(0, Math.min(DETAIL_CHARS, detail.length()))));
    KafkaRecords.addOrigin(headers, deadLetter.raw());
    return message;
  }

  private static void addOmitted(Headers headers, String what, byte[] omitted) {
    if (omitted != null) {
      headers
          .add(what + StoredDeadLetter.BYTES, bytes(String.valueOf(omitted.length)))
          .add(what + StoredDeadLetter.SHA256, bytes(sha256(omitted)));
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
