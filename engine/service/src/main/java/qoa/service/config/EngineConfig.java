package qoa.service.config;

import java.nio.file.Path;
import qoa.core.settings.LimitsConfig;
import qoa.kafka.KafkaConfig;
import qoa.kafka.TopicsConfig;

/**
 * The settings in {@code engine.yaml}; {@code engine/docs/configuration.md} is their reference.
 *
 * @param kafka properties of the Kafka clients
 * @param topics names of the topics
 * @param judging contracts, policies, and how they are evaluated
 * @param processing threads and intervals
 * @param limits the limits of reports, evaluations and metrics
 * @param http where metrics and health are served
 */
public record EngineConfig(
    KafkaConfig kafka,
    TopicsConfig topics,
    JudgingConfig judging,
    ProcessingConfig processing,
    LimitsConfig limits,
    HttpConfig http) {

  /** The configuration of an empty file. */
  public static EngineConfig defaults() {
    return new EngineConfig(
        KafkaConfig.defaults(),
        TopicsConfig.defaults(),
        JudgingConfig.defaults(),
        ProcessingConfig.defaults(),
        LimitsConfig.defaults(),
        HttpConfig.defaults());
  }

  /**
   * A copy with other contracts, policies or evaluator.
   *
   * @param contracts null to keep the setting
   * @param policies null to keep the setting
   * @param evaluator null to keep the setting
   */
  public EngineConfig judging(Path contracts, Path policies, Evaluator evaluator) {
    return new EngineConfig(
        kafka, topics, judging.with(contracts, policies, evaluator), processing, limits, http);
  }

  /** A copy with another Kafka cluster and another address for metrics and health. */
  public EngineConfig at(KafkaConfig kafka, HttpConfig http) {
    return new EngineConfig(kafka, topics, judging, processing, limits, http);
  }
}
