package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qoa.core.engine.CannotRunException;
import qoa.core.lifecycle.Changes;
import qoa.core.model.DeadLetter;
import qoa.core.sink.Decision;
import qoa.core.sink.Sink;
import qoa.demo.EmbeddedBroker;
import qoa.kafka.KafkaConfig;
import qoa.service.config.EngineConfig;
import qoa.service.config.Evaluator;
import qoa.service.config.HttpConfig;
import qoa.testing.Await;

/** What becomes of a service one of whose threads dies. */
class ServiceIT {

  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start();
    broker.createTopic("qoa.reports", 1, Map.of());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  static Stream<Supplier<Throwable>> deaths() {
    return Stream.of(
        StackOverflowError::new,
        () -> new OutOfMemoryError("Java heap space"),
        () -> new NoClassDefFoundError("some/Class"),
        AssertionError::new,
        () -> new IllegalStateException("a fault"));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void fails_whateverAWorkerDiesOf(Supplier<Throwable> death) throws Exception {
    String name = death.get().toString();
    try (Service service = Service.start(config(name), new Dying(death))) {
      Await.until("ready", () -> service.health().causes().isEmpty());
      send("no report");

      assertThatThrownBy(service::await)
          .isInstanceOf(CannotRunException.class)
          .hasMessage("the thread qoa-engine-1 was ended by " + name);
      assertThat(service.health().failure()).isPresent();
      assertThat(service.health().causes()).containsKey("engine");
      assertThat(service.hasFailed()).isTrue();
    }
  }

  /** Where there is no memory left to tell anybody what happened. */
  @Test
  void isNotReady_thoughTellingOfADeathFails() throws Exception {
    ServiceThreads threads =
        new ServiceThreads(
            cause -> {
              throw new OutOfMemoryError("again");
            });
    threads.start(
        "qoa-dies",
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, cause) -> {});
          throw new OutOfMemoryError("first");
        });
    threads.await();

    assertThat(threads.death()).contains("qoa-dies");
  }

  private static EngineConfig config(String name) {
    return EngineConfig.defaults()
        .judging(Path.of("../../contracts"), Path.of("../../policies"), Evaluator.PLAN)
        .at(
            new KafkaConfig(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("group.id", name),
                Map.of()),
            new HttpConfig("127.0.0.1", 0));
  }

  private static void send(String message) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>("qoa.reports", message.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  /** Is the death of the worker that gives it a dead letter. */
  private record Dying(Supplier<Throwable> death) implements Sink {

    @Override
    public void decision(Decision decision) {}

    @Override
    public void changes(Changes changes) {}

    @Override
    public void deadLetter(DeadLetter deadLetter) {
      Throwable cause = death.get();
      if (cause instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) cause;
    }
  }
}
