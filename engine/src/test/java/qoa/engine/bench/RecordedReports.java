package qoa.engine.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Recorded reports, sent again and again as if one followed the other. */
final class RecordedReports {

  /** Reports a second of event time. */
  static final int PER_SECOND = 2_000;

  private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\":[0-9.]+");
  private static final byte[] KEY = "object_detection_teaching".getBytes(StandardCharsets.UTF_8);

  /** What stands before and after the time. */
  private record Template(byte[] before, byte[] after) {

    byte[] at(long micros) {
      String time = "%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000);
      byte[] value = new byte[before.length + time.length() + after.length];
      System.arraycopy(before, 0, value, 0, before.length);
      for (int i = 0; i < time.length(); i++) {
        value[before.length + i] = (byte) time.charAt(i);
      }
      System.arraycopy(after, 0, value, before.length + time.length(), after.length);
      return value;
    }
  }

  private final List<Template> templates = new ArrayList<>();

  RecordedReports(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      Matcher timestamp = TIMESTAMP.matcher(line);
      if (!timestamp.find()) {
        throw new IOException(file + ": a report without a timestamp");
      }
      templates.add(
          new Template(
              (line.substring(0, timestamp.start()) + "\"timestamp\":")
                  .getBytes(StandardCharsets.UTF_8),
              line.substring(timestamp.end()).getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Sends so many, the last of them made now, uncompressed. Returns their mean size in bytes. */
  long send(String bootstrapServers, String topic, int count) {
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "linger.ms",
            5,
            "batch.size",
            64 * 1024,
            "compression.type",
            "none");
    long step = 1_000_000L / PER_SECOND;
    long first = System.currentTimeMillis() * 1000 - count * step;
    long bytes = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        byte[] value = templates.get(i % templates.size()).at(first + i * step);
        var unused = producer.send(new ProducerRecord<>(topic, KEY, value));
        bytes += value.length;
      }
    }
    return bytes / count;
  }
}
