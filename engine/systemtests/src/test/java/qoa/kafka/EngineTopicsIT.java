package qoa.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import qoa.demo.EmbeddedBroker;

/** With a broker that has Kafka's default for the size of records. */
class EngineTopicsIT {

  private static final int MIB = 1024 * 1024;

  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(Map.of("message.max.bytes", "1048588"));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void prepare_createsTopics_thatTakeTheLargestRecord() throws Exception {
    broker.createTopic("new-reports", 3, Map.of());
    RecordLimits limits = new RecordLimits();

    assertThat(prepare("new", limits)).isEqualTo(3);

    assertThat(property("new-status", "cleanup.policy")).isEqualTo("compact");
    assertThat(property("new-state", "cleanup.policy")).isEqualTo("compact");
    assertThat(property("new-violations", "cleanup.policy")).isEqualTo("delete");
    assertThat(property("new-by-application", "max.message.bytes"))
        .isEqualTo(String.valueOf(MIB + 64 * 1024));
    assertThat(limits.of("new-by-application")).isEqualTo(MIB + 64 * 1024);
    assertThat(limits.of("new-dead-letters")).isEqualTo(32 * MIB);
    assertThat(limits.of("new-violations")).isEqualTo(1048588);
  }

  @Test
  void prepare_knowsWhatTopicsTake_thatSomebodyElseMade() {
    broker.createTopic("made-reports", 2, Map.of());
    broker.createTopic("made-by-application", 2, Map.of());
    broker.createTopic("made-dead-letters", 1, Map.of("max.message.bytes", "20000"));
    RecordLimits limits = new RecordLimits();

    assertThat(prepare("made", limits)).isEqualTo(2);

    assertThat(limits.of("made-by-application")).isEqualTo(1048588);
    assertThat(limits.of("made-dead-letters")).isEqualTo(20_000);
  }

  @Test
  void missingReports_saysWhichTopicIsMissing_andHowToMakeIt() {
    try (EngineTopics topics = topics("gone", new RecordLimits())) {
      assertThat(topics.missingReports().orElseThrow())
          .contains("topic gone-reports does not exist", "kafka-topics.sh", "--create");
      broker.createTopic("gone-reports", 1, Map.of());
      assertThat(topics.missingReports()).isEmpty();
    }
  }

  static Stream<Arguments> unfit() {
    return Stream.of(
        arguments("status", "cleanup.policy", "delete", "cleanup.policy=compact, but has delete"),
        arguments("state", "cleanup.policy", "delete", "cleanup.policy=compact, but has delete"),
        arguments("state", "max.message.bytes", "60000", "max.message.bytes=73728, but has 60000"),
        arguments(
            "status",
            "cleanup.policy",
            "compact,delete",
            "cleanup.policy=compact, but has compact,delete"),
        arguments(
            "violations", "cleanup.policy", "compact", "cleanup.policy=delete, but has compact"),
        arguments(
            "violations",
            "cleanup.policy",
            "compact,delete",
            "cleanup.policy=delete, but has compact,delete"),
        arguments(
            "dead-letters", "cleanup.policy", "compact", "cleanup.policy=delete, but has compact"),
        arguments(
            "by-application",
            "cleanup.policy",
            "compact",
            "cleanup.policy=delete, but has compact"),
        arguments(
            "violations", "max.message.bytes", "1000", "max.message.bytes=73728, but has 1000"),
        arguments("status", "max.message.bytes", "60000", "max.message.bytes=73728, but has 60000"),
        arguments("dead-letters", "max.message.bytes", "1000", "but has 1000"),
        arguments("by-application", "max.message.bytes", "1000", "but has 1000"));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void prepare_refusesATopic_thatIsNotFit(
      String topic, String property, String value, String expected) {
    String name = "unfit-" + topic + "-" + property + "-" + value.replace(",", "-");
    broker.createTopic(name + "-reports", 2, Map.of());
    Map<String, String> config =
        List.of("status", "state").contains(topic) && !property.equals("cleanup.policy")
            ? Map.of("cleanup.policy", "compact", property, value)
            : Map.of(property, value);
    broker.createTopic(name + "-" + topic, 1, config);

    assertThatThrownBy(() -> prepare(name, new RecordLimits()))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("topic " + name + "-" + topic + " must have " + property)
        .hasMessageContaining(expected)
        .hasMessageContaining("kafka-configs.sh")
        .matches(e -> ((BrokerException) e).isLasting());
  }

  /** The number of partitions of the topic of re-keyed reports. */
  private static int prepare(String name, RecordLimits limits) {
    try (EngineTopics topics = topics(name, limits)) {
      assertThat(topics.missingReports()).isEmpty();
      topics.prepare();
      return topics.prepareRekeying();
    }
  }

  private static EngineTopics topics(String name, RecordLimits limits) {
    return new EngineTopics(
        new KafkaConfig(Map.of("bootstrap.servers", broker.bootstrapServers()), Map.of(), Map.of()),
        new TopicsConfig(
            List.of(name + "-reports"),
            name + "-violations",
            name + "-status",
            name + "-state",
            name + "-dead-letters",
            name + "-by-application",
            Rekey.AUTO),
        "group",
        MIB,
        32 * MIB,
        limits);
  }

  private static String property(String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      return config.get(name).value();
    }
  }
}
