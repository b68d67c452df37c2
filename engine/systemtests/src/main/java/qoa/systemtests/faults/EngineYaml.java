package qoa.systemtests.faults;

import java.net.URI;

/** The configuration of an engine of the suite. */
final class EngineYaml {

  private EngineYaml() {}

  /**
   * The text of {@code engine.yaml}.
   *
   * @param name the name of the engine in the consumer group, the same after restarts
   * @param opa the OPA server of proxied engines; may be null for others
   */
  static String of(
      RunSettings settings,
      String name,
      int brokerPort,
      Backend backend,
      URI opa,
      Contracts contracts) {
    String evaluator =
        switch (backend) {
          case MANAGED -> "evaluator: opa\nopa: {timeout: 2s}";
          case PROXIED -> "evaluator: opa\nopa: {url: \"" + opa + "\", timeout: 2s}";
          case PLAN -> "evaluator: plan";
        };
    return """
        kafka: {bootstrap.servers: "127.0.0.1:%d"}
        consumer:
          group.id: faults
          group.instance.id: %s
          session.timeout.ms: %d
          heartbeat.interval.ms: 1500
          # Engines discover new partitions before clients use them, as the guide requires.
          metadata.max.age.ms: 1000
        producer: {transaction.timeout.ms: 15000}
        topics: {rekey: %s}
        contracts: %s
        policies: %s
        %s
        http: {port: 0}
        # Windows close by event time only, so that the expected events do not depend on the faults.
        idle-timeout: 1h
        """
        .formatted(
            brokerPort,
            name,
            FaultKind.SESSION_TIMEOUT_MILLIS,
            settings.traffic().isRekeyed() ? "auto" : "never",
            contracts.folder(),
            contracts.policies(),
            evaluator);
  }
}
