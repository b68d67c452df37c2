package qoa.systemtests.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Recorded reports, sent again and again as if one followed the other: each at its own time, with
 * an id of its own and numbers that differ by up to 5 % from those recorded.
 */
final class RecordedTraffic {

  /** Reports a second of event time. */
  static final int PER_SECOND = 2_000;

  /** What differs from report to report of one sender: times, its id, and what was measured. */
  private static final Pattern VARIES =
      Pattern.compile(
          "\"(?<time>timestamp|startTime)\":[0-9.]+"
              + "|\"corr_id\":\"(?<id>[^\"]+)\""
              + "|(?<=[:\\[])(?<number>[0-9]+\\.[0-9]{3,})");

  private static final byte[] KEY = "object_detection_teaching".getBytes(StandardCharsets.UTF_8);
  private static final int SEED = 20261124;

  /** A recorded report; its pieces stand around what varies. */
  private record Template(List<String> pieces, List<Slot> slots) {

    byte[] at(long micros, Random random) {
      StringBuilder text = new StringBuilder(pieces.get(0));
      for (int i = 0; i < slots.size(); i++) {
        slots.get(i).write(text, micros, random);
        text.append(pieces.get(i + 1));
      }
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  private interface Slot {
    void write(StringBuilder text, long micros, Random random);
  }

  private final List<Template> templates = new ArrayList<>();

  RecordedTraffic(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      templates.add(template(line));
    }
  }

  private static Template template(String line) {
    List<String> pieces = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    Matcher varies = VARIES.matcher(line);
    int from = 0;
    while (varies.find()) {
      if (varies.group("time") != null) {
        pieces.add(line.substring(from, varies.end("time") + 2));
        slots.add(
            (text, micros, random) ->
                text.append(micros / 1_000_000)
                    .append('.')
                    .append(String.valueOf(1_000_000 + micros % 1_000_000), 1, 7));
      } else if (varies.group("id") != null) {
        pieces.add(line.substring(from, varies.start("id")));
        slots.add(
            (text, micros, random) ->
                text.append(new UUID(random.nextLong(), random.nextLong())).append('"'));
      } else {
        pieces.add(line.substring(from, varies.start()));
        double recorded = Double.parseDouble(varies.group("number"));
        slots.add(
            (text, micros, random) ->
                text.append(Math.round(recorded * (0.95 + random.nextDouble() / 10) * 1e6) / 1e6));
      }
      from = varies.end();
    }
    pieces.add(line.substring(from));
    return new Template(pieces, slots);
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
    Random random = new Random(SEED);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        byte[] value = templates.get(i % templates.size()).at(first + i * step, random);
        var unused = producer.send(new ProducerRecord<>(topic, KEY, value));
        bytes += value.length;
      }
    }
    return bytes / count;
  }
}
