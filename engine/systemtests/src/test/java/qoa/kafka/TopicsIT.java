package qoa.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.server.policy.CreateTopicPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qoa.demo.EmbeddedBroker;

class TopicsIT {

  private static EmbeddedBroker broker;
  private static Map<String, String> client;

  @BeforeAll
  static void start() {
    broker =
        EmbeddedBroker.start(
            Map.of("create.topic.policy.class.name", StrictOperator.class.getName()));
    client = Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void ensure_createsTheTopicAsWished() throws Exception {
    ensure("wished", Map.of("retention.ms", "1234"));

    assertThat(config("wished", "retention.ms")).isEqualTo("1234");
  }

  @Test
  void ensure_leavesATopicThatExists() throws Exception {
    ensure("existing", Map.of("retention.ms", "1234"));
    ensure("existing", Map.of("retention.ms", "5678"));

    assertThat(config("existing", "retention.ms")).isEqualTo("1234");
  }

  @Test
  void ensure_givesUpItsWishes_whenTheBrokerDoesNotAllowThem() throws Exception {
    ensure("modest", Map.of("max.message.bytes", "99000000"));

    assertThat(config("modest", "max.message.bytes"))
        .isEqualTo(String.valueOf(EmbeddedBroker.MAX_MESSAGE_BYTES));
  }

  @Test
  void ensure_saysWhy_whenTheTopicMayNotBeCreated() {
    assertThatThrownBy(() -> ensure("forbidden", Map.of()))
        .isInstanceOf(BrokerException.class)
        .hasMessage("cannot create topic forbidden: ask the operator");
  }

  private static void ensure(String topic, Map<String, String> wishes) {
    try (Topics topics = new Topics(client)) {
      topics.ensure(topic, Optional.empty(), wishes);
    }
  }

  private static String config(String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(client))) {
      return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
    }
  }

  /** A policy that the operator of a broker may configure for new topics. */
  public static final class StrictOperator implements CreateTopicPolicy {

    @Override
    public void validate(RequestMetadata request) {
      if (request.topic().equals("forbidden")
          || request.configs().containsKey("max.message.bytes")) {
        throw new PolicyViolationException("ask the operator");
      }
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
  }
}
