package qoa.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A simulated object detection service: three stages with two instances each, which send QoA4ML
 * reports to Kafka, keyed by application. In turn it is slow, then its model is poor, then it works
 * well. Runs on the thread {@code qoa-simulation}. If the broker falls behind, it waits and sends
 * fewer reports.
 */
final class SimulatedService implements AutoCloseable {

  static final String APPLICATION = "object_detection_teaching";

  private static final long REQUEST_MILLIS = 100;
  private static final long INTERVAL_MILLIS = 10_000;
  private static final long MIN_INTERVAL_MILLIS = 3_000;
  private static final List<String> STAGES = List.of("gateway", "pre_processing", "ml_inference");

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Random random = new Random(7);
  private final Thread thread = new Thread(this::run, "qoa-simulation");
  private final long firstWell;
  private volatile boolean stopping;
  private volatile long sent;

  /** Starts to send reports. */
  SimulatedService(String bootstrapServers, String topic) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    long soonest = System.currentTimeMillis() + MIN_INTERVAL_MILLIS;
    firstWell = Math.floorDiv(soonest, INTERVAL_MILLIS) * INTERVAL_MILLIS + INTERVAL_MILLIS;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Slow until the first multiple of ten seconds, then in every third interval of ten seconds, so
   * that each window is entirely slow or entirely fast.
   */
  private boolean isSlow(long time) {
    return Math.floorMod(Math.floorDiv(time - firstWell, INTERVAL_MILLIS), 3) == 2;
  }

  /** The model is poor in the ten seconds after a slow interval. */
  private boolean isPoor(long time) {
    return time >= firstWell
        && Math.floorMod(Math.floorDiv(time - firstWell, INTERVAL_MILLIS), 3) == 0;
  }

  private void run() {
    try {
      reportUntilStopped();
    } catch (InterruptException e) {
      stopping = true; // stopped while a report waited for the broker
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a lost report does not matter
  private void reportUntilStopped() {
    long next = System.currentTimeMillis();
    for (int request = 0; !stopping; request++) {
      long now = System.currentTimeMillis();
      for (String stage : STAGES) {
        byte[] report = report(stage, 1 + request % 2, now).getBytes(StandardCharsets.UTF_8);
        producer.send(
            new ProducerRecord<>(topic, APPLICATION.getBytes(StandardCharsets.UTF_8), report));
      }
      sent = (request + 1L) * STAGES.size();
      next += REQUEST_MILLIS;
      sleepUntil(next);
    }
  }

  private void sleepUntil(long time) {
    try {
      Thread.sleep(Math.max(0, time - System.currentTimeMillis()));
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  private String report(String stage, int number, long now) {
    String name = stage + "-" + number;
    String instance = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    return """
        {"metadata":{"client_config":{"name":"%s","username":"aaltosea1","instance_id":"%s",\
        "instance_name":"%s","stage_id":"%s","functionality":"REST","application_name":"%s",\
        "role":"ml_provider","run_id":"demo","environment":"Edge"},"timestamp":%d.%03d},\
        "service":{"%s":{"name":"%s","metrics":{%s}}},"data":{%s},"ml_inference":{%s}}"""
        .formatted(
            name,
            instance,
            name,
            stage,
            APPLICATION,
            now / 1000,
            now % 1000,
            stage,
            stage,
            service(stage, instance, now),
            data(stage, instance),
            stage.equals("ml_inference") ? inference(instance, now) : "");
  }

  private String service(String stage, String instance, long now) {
    String latency =
        metric(
            "response_time",
            instance,
            "{\"startTime\":%d.%03d,\"responseTime\":%s}"
                .formatted(now / 1000, now % 1000, number(latency(stage, now))));
    return switch (stage) {
      case "gateway" -> latency + "," + metric("reliability", instance, number(around(99.5, 0.2)));
      case "ml_inference" ->
          latency
              + ","
              + metric(
                  "model_state", instance, "{\"loaded\":true,\"degraded\":" + isPoor(now) + "}");
      default -> latency;
    };
  }

  private double latency(String stage, long now) {
    return switch (stage) {
      case "gateway" -> isSlow(now) ? around(0.16, 0.012) : around(0.06, 0.008);
      case "pre_processing" -> isSlow(now) ? around(0.08, 0.01) : around(0.02, 0.003);
      default -> around(0.03, 0.003);
    };
  }

  private String data(String stage, String instance) {
    if (!stage.equals("pre_processing")) {
      return "";
    }
    return "\"pre_processing\":{\"name\":\"pre_processing\",\"metrics\":{%s,%s}}"
        .formatted(
            metric("accuracy", instance, number(around(97, 0.6))),
            metric("completeness", instance, "100.0"));
  }

  private String inference(String instance, long now) {
    double confidence = isPoor(now) ? around(0.55, 0.03) : around(0.91, 0.02);
    double accuracy = isPoor(now) ? around(52, 2) : around(94, 1.5);
    return """
        "%s":{"inference_id":"%s","instance_id":"%s","functionality":"REST","metrics":[\
        {"metric_name":"confidence","records":[%s],"unit":null},\
        {"metric_name":"accuracy","records":[%s],"unit":null}],"prediction":{"label":"person"}}"""
        .formatted(
            instance,
            new UUID(random.nextLong(), random.nextLong()),
            instance,
            number(confidence),
            number(accuracy));
  }

  private static String metric(String name, String instance, String value) {
    return "\"%s\":{\"%s\":{\"metric_name\":\"%s\",\"records\":[%s],\"unit\":null}}"
        .formatted(name, instance, name, value);
  }

  private double around(double mean, double spread) {
    return mean + spread * Math.max(-3, Math.min(3, random.nextGaussian()));
  }

  private static String number(double value) {
    return Double.toString(Math.round(value * 1e6) / 1e6);
  }

  /** The number of reports sent. */
  long sent() {
    return sent;
  }

  /** Stops sending. */
  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
