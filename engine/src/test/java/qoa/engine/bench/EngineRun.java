package qoa.engine.bench;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import qoa.engine.config.LimitsConfig;
import qoa.engine.config.Rekey;
import qoa.engine.config.TopicsConfig;
import qoa.engine.emit.Event;
import qoa.engine.emit.KafkaSink;
import qoa.engine.emit.Sink;
import qoa.engine.emit.TeeSink;
import qoa.engine.evaluate.PolicyEvaluator;
import qoa.engine.evaluate.Revision;
import qoa.engine.ingest.AnyHomes;
import qoa.engine.ingest.BareConsumer;
import qoa.engine.ingest.KafkaSource;
import qoa.engine.ingest.ReportDecoder;
import qoa.engine.kafka.RecordLimits;
import qoa.engine.kafka.Topics;
import qoa.engine.model.DeadLetter;
import qoa.engine.model.Incoming;
import qoa.engine.model.ReadPosition;
import qoa.engine.model.Source;
import qoa.engine.ops.PrometheusMetrics;
import qoa.engine.pipeline.Engine;

/**
 * The whole engine on a topic, driven as its service drives it: events and offsets in a transaction
 * every 500 ms. Fails where a report was not evaluated, or an event is not in its topic.
 */
final class EngineRun {

  private static final long POLL_MILLIS = 50;
  private static final long COMMIT_MILLIS = 500;

  private final Map<String, Object> client;
  private final String topic;
  private final Revision revision;
  private final PolicyEvaluator evaluator;
  private final String events = "events-" + UUID.randomUUID();
  private final PrometheusMetrics metrics = new PrometheusMetrics(PrometheusMetrics.DEFAULT_SERIES);
  private long sent;

  /**
   * @param client for the consumer, with a group that has read nothing yet
   * @param evaluator prepared with the revision
   */
  EngineRun(
      Map<String, Object> client, String topic, Revision revision, PolicyEvaluator evaluator) {
    this.client = client;
    this.topic = topic;
    this.revision = revision;
    this.evaluator = evaluator;
  }

  /** Takes in this many reports, or a few more: as they come with the last poll. */
  Measured run(long reports) throws Exception {
    Measured measured;
    try (KafkaSource source = new KafkaSource(client, List.of(topic), null);
        Sink sink = new TeeSink(kafka(source), new Counter())) {
      Engine engine =
          new Engine(
              revision,
              new Engine.Settings(Duration.ofSeconds(10).toMillis(), null),
              new ReportDecoder(LimitsConfig.defaults()),
              evaluator,
              sink,
              metrics);
      source.open(new AnyHomes());
      long taken = 0;
      long nextCommit = 0;
      Measured.Watch watch = new Measured.Watch();
      while (taken < reports) {
        List<Incoming> batch = source.poll(POLL_MILLIS);
        long now = System.currentTimeMillis();
        batch.forEach(message -> engine.take(message, now));
        engine.advance(now);
        engine.judge();
        if (now >= nextCommit || sink.isFull()) {
          engine.commit(now);
          nextCommit = now + COMMIT_MILLIS;
        }
        taken += batch.size();
        watch.took(batch.size());
      }
      engine.commit(System.currentTimeMillis());
      measured = watch.stop();
      check("reports evaluated", engine.summary().read().evaluated(), taken);
    }
    check("events in their topic", committed(), sent);
    if (sent == 0) {
      throw new IllegalStateException("no events at all");
    }
    return measured;
  }

  private KafkaSink kafka(KafkaSource source) {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", client.get("bootstrap.servers").toString());
    try (Topics topics = new Topics(properties)) {
      topics.ensure(events, Optional.empty(), Map.of());
      topics.ensure("status-" + events, Optional.empty(), Map.of());
      topics.ensure("state-" + events, Optional.empty(), Map.of());
    }
    return new KafkaSink(
        new KafkaSink.Settings(
            properties,
            events,
            new TopicsConfig(
                List.of(topic),
                events,
                "status-" + events,
                "state-" + events,
                "dead-letters-" + events,
                "unused",
                Rekey.NEVER),
            new RecordLimits(),
            1,
            URI.create("/qoa/bench")),
        source);
  }

  private final class Counter implements Sink {

    @Override
    public void event(Event event) {
      sent++;
    }

    @Override
    public void deadLetter(DeadLetter letter) {}

    @Override
    public void commit(Map<Source, ReadPosition> positions) {}

    @Override
    public void close() {}
  }

  /** Counts what subscribers can read. */
  private long committed() {
    Map<String, Object> reader = new HashMap<>(client);
    reader.put("group.id", "reader-" + events);
    long count = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = BareConsumer.on(events, reader)) {
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (count < sent && System.nanoTime() < deadline) {
        count += consumer.poll(Duration.ofMillis(POLL_MILLIS)).count();
      }
    }
    return count;
  }

  private static void check(String what, long is, long expected) {
    if (is != expected) {
      throw new IllegalStateException(what + ": " + is + ", expected " + expected);
    }
  }
}
