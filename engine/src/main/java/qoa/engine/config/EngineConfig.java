package qoa.engine.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that {@code engine.yaml} can say; {@code engine/CONFIGURATION.md} is its reference.
 *
 * @param kafka client properties
 * @param topics names of topics
 * @param contracts folder of contracts
 * @param policies folder of policies
 * @param evaluator what runs the policies
 * @param opa the OPA
 * @param commitInterval how often a transaction is committed
 * @param idleTimeout wall clock after which a silent source no longer holds windows open
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
    Duration commitInterval,
    Duration idleTimeout,
    LimitsConfig limits,
    HttpConfig http) {

  public EngineConfig {
    new Checks()
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
        Evaluator.OPA,
        OpaConfig.managed(),
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        LimitsConfig.defaults(),
        HttpConfig.defaults());
  }

  /** The same with another folder of contracts. */
  public EngineConfig withContracts(Path folder) {
    return new EngineConfig(
        kafka, topics, folder, policies, evaluator, opa, commitInterval, idleTimeout, limits, http);
  }

  /** The same with another folder of policies. */
  public EngineConfig withPolicies(Path folder) {
    return new EngineConfig(
        kafka,
        topics,
        contracts,
        folder,
        evaluator,
        opa,
        commitInterval,
        idleTimeout,
        limits,
        http);
  }

  /** The same with another evaluator. */
  public EngineConfig withEvaluator(Evaluator other) {
    return new EngineConfig(
        kafka, topics, contracts, policies, other, opa, commitInterval, idleTimeout, limits, http);
  }

  private static boolean isWithin(Duration duration, long minMillis, long maxMillis) {
    return duration.toMillis() >= minMillis && duration.toMillis() <= maxMillis;
  }
}
