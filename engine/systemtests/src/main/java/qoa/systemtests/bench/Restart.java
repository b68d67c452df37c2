package qoa.systemtests.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import qoa.kafka.BareConsumer;
import qoa.kafka.Topics;
import qoa.testing.ChildJvm;

/**
 * How soon an engine works again that was killed: {@code scripts/bench --restarts 5}. It has a
 * static member id, and ten seconds' window of reports to read again. Measured from the start of
 * its process to its first event about a report that came while it was dead, as a subscriber sees
 * it.
 */
final class Restart implements AutoCloseable {

  private static final String TOPIC = "restart-reports";
  private static final String EVENTS = "restart-events";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int WARM_UP_REPORTS = 2_000;

  private final Path folder = Files.createTempDirectory("qoa-restart");
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  Restart(String bootstrapServers) throws IOException {
    try (Topics topics = new Topics(Map.of("bootstrap.servers", bootstrapServers))) {
      topics.ensure(TOPIC, Optional.of(1), Map.of());
      topics.ensure(EVENTS, Optional.of(1), Map.of());
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        BareConsumer.on(
            EVENTS,
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "restart-reader",
                "isolation.level",
                "read_committed",
                "metadata.max.age.ms",
                200));
    Path contracts = Files.createDirectory(folder.resolve("contracts"));
    Files.writeString(contracts.resolve("each.yaml"), contract("each", "{each: report}"));
    Files.writeString(
        contracts.resolve("windows.yaml"), contract("windows", "{window: 10s, grace: 2s}"));
    Files.writeString(
        folder.resolve("engine.yaml"),
        """
        kafka: {bootstrap.servers: "%s"}
        consumer: {group.id: restart, group.instance.id: restart-1}
        topics: {reports: %s, violations: %s}
        contracts: %s
        http: {port: 0}
        """
            .formatted(bootstrapServers, TOPIC, EVENTS, contracts));
  }

  private static String contract(String id, String evaluate) {
    return """
        id: %s
        version: 1.0.0
        application: shop
        evaluate: %s
        stakeholders: [{id: me, roles: [ml_provider]}]
        quality:
          service:
            - name: latency
              constraint_list:
                - {metrics: {metric_name: response_time}, condition: {operator: less_equal, value: 0.1}, aggregate_function: MAX}
        """
        .formatted(id, evaluate);
  }

  /** Kills and starts so often; prints each time and their median, in seconds. */
  void run(int restarts) throws Exception {
    double[] seconds = new double[restarts];
    ChildJvm engine = start();
    try {
      for (int i = 0; i < restarts; i++) {
        for (int report = 0; report < WARM_UP_REPORTS; report++) {
          send();
        }
        awaitEventOf(send());
        engine.handle().destroyForcibly();
        engine.await(LIMIT);
        engine.close();
        long offset = send();
        long started = System.nanoTime();
        engine = start();
        awaitEventOf(offset);
        seconds[i] = (System.nanoTime() - started) / 1e9;
        System.err.printf(Locale.ROOT, "bench: restart %d: %.2f s%n", i + 1, seconds[i]);
      }
    } finally {
      engine.close();
    }
    Arrays.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "restart after kill -9, static member id, 10 s window: first new report judged after %.2f s"
            + " (median of %d; %.2f to %.2f)%n",
        seconds[restarts / 2],
        restarts,
        seconds[0],
        seconds[restarts - 1]);
  }

  private ChildJvm start() throws IOException {
    return ChildJvm.start(null, List.of(), "run", "-c", folder.resolve("engine.yaml").toString());
  }

  private long send() throws Exception {
    byte[] report =
        """
        {"metadata": {"client_config": {"application_name": "shop"}, "timestamp": %.3f},
         "service": {"gateway": {"metrics": {"response_time": {"a": {"records": [0.5]}}}}}}"""
            .formatted(System.currentTimeMillis() / 1000.0)
            .getBytes(StandardCharsets.UTF_8);
    return producer.send(new ProducerRecord<>(TOPIC, 0, null, report)).get().offset();
  }

  private void awaitEventOf(long offset) {
    String evidence = "\"offset\":" + offset + "}";
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> event : consumer.poll(Duration.ofMillis(10))) {
        String text = new String(event.value(), StandardCharsets.UTF_8);
        if (text.contains("\"contract\":{\"id\":\"each\"") && text.contains(evidence)) {
          return;
        }
      }
    }
    throw new IllegalStateException("no event about the report at " + offset + " within " + LIMIT);
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
