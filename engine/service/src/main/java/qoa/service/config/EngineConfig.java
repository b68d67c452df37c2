package qoa.service.config;

import java.nio.file.Path;
import java.time.Duration;
import qoa.core.settings.Checks;
import qoa.core.settings.LimitsConfig;
import qoa.core.settings.OpaConfig;
import qoa.kafka.KafkaConfig;
import qoa.kafka.TopicsConfig;

/**
 * The settings in {@code engine.yaml}; {@code engine/docs/configuration.md} is their reference.
 *
 * @param kafka client properties
 * @param topics names of topics
 * @param contracts folder of contracts
 * @param policies folder of policies
 * @param evaluator what runs the policies
 * @param opa the OPA
 * @param threads how many members of the consumer group this engine has, each with a thread
 * @param commitInterval how often a transaction is committed
 * @param idleTimeout how long a partition or a sender may be silent before it no longer holds
 *     windows open
 * @param limits what the engine takes in at most
 * @param http where metrics and health are served
 */
public record EngineConfig(
    KafkaConfig kafka,
    TopicsConfig topics,
    Path contracts,
    Path policies,
    Evaluator evaluator,
    OpaConfig opa,
    int threads,
    Duration commitInterval,
    Duration idleTimeout,
    LimitsConfig limits,
    HttpConfig http) {

  private static final int MOST_THREADS = 64;

  public EngineConfig {
    new Checks()
        .that("threads", threads >= 1 && threads <= MOST_THREADS, "1 to " + MOST_THREADS)
        .that("commit-interval", isWithin(commitInterval, 10, 30_000), "10ms to 30s")
        .that("idle-timeout", isWithin(idleTimeout, 10, 86_400_000), "10ms to 1d")
        .done();
  }

  /** What an empty file means. */
  public static EngineConfig defaults() {
    return new EngineConfig(
        KafkaConfig.defaults(),
        TopicsConfig.defaults(),
        Path.of("contracts"),
        Path.of("policies"),
        Evaluator.PLAN,
        OpaConfig.managed(),
        1,
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        LimitsConfig.defaults(),
        HttpConfig.defaults());
  }

  /**
   * The same, but judging otherwise.
   *
   * @param contracts another folder of contracts; null for the same
   * @param policies another folder of policies; null for the same
   * @param evaluator another evaluator; null for the same
   */
  public EngineConfig judging(Path contracts, Path policies, Evaluator evaluator) {
    return new EngineConfig(
        kafka,
        topics,
        contracts == null ? this.contracts : contracts,
        policies == null ? this.policies : policies,
        evaluator == null ? this.evaluator : evaluator,
        opa,
        threads,
        commitInterval,
        idleTimeout,
        limits,
        http);
  }

  /** The same, but with Kafka, and with metrics and health, elsewhere. */
  public EngineConfig at(KafkaConfig kafka, HttpConfig http) {
    return new EngineConfig(
        kafka,
        topics,
        contracts,
        policies,
        evaluator,
        opa,
        threads,
        commitInterval,
        idleTimeout,
        limits,
        http);
  }

  private static boolean isWithin(Duration duration, long minMillis, long maxMillis) {
    return duration.toMillis() >= minMillis && duration.toMillis() <= maxMillis;
  }
}
