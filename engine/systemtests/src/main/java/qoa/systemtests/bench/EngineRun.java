package qoa.systemtests.bench;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import qoa.core.decode.ReportDecoder;
import qoa.core.engine.Engine;
import qoa.core.engine.LiveOutlet;
import qoa.core.evaluate.PolicyEvaluator;
import qoa.core.evaluate.Revision;
import qoa.core.lifecycle.Changes;
import qoa.core.model.DeadLetter;
import qoa.core.model.Incoming;
import qoa.core.read.AnyPartitions;
import qoa.core.settings.LimitsConfig;
import qoa.core.sink.Decision;
import qoa.core.sink.LiveSink;
import qoa.core.sink.Sink;
import qoa.core.sink.WatchedSink;
import qoa.kafka.BareConsumer;
import qoa.kafka.KafkaSink;
import qoa.kafka.KafkaSource;
import qoa.kafka.RecordLimits;
import qoa.kafka.Rekey;
import qoa.kafka.Topics;
import qoa.kafka.TopicsConfig;
import qoa.service.metrics.PrometheusMetrics;

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
        LiveSink sink = new WatchedSink(kafka(source), new Counter())) {
      LiveOutlet outlet = new LiveOutlet(sink, metrics);
      Engine engine =
          new Engine(
              revision,
              new Engine.Settings(Duration.ofSeconds(10).toMillis(), null),
              new ReportDecoder(LimitsConfig.defaults()),
              evaluator,
              sink);
      source.open(new AnyPartitions());
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
          outlet.commit(engine, now);
          nextCommit = now + COMMIT_MILLIS;
        }
        taken += batch.size();
        watch.took(batch.size());
      }
      outlet.commit(engine, System.currentTimeMillis());
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
            URI.create("/qoa/bench")),
        source);
  }

  private final class Counter implements Sink {

    @Override
    public void decision(Decision decision) {
      changes(decision.changes());
    }

    @Override
    public void changes(Changes changes) {
      sent += changes.events().size();
    }

    @Override
    public void deadLetter(DeadLetter deadLetter) {}
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
