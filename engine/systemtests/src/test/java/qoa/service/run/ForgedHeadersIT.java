package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import qoa.demo.EmbeddedBroker;
import qoa.kafka.Rekey;
import qoa.service.config.Evaluator;
import qoa.testing.Await;

/**
 * Reports with headers that pass themselves off as the engine's own, on a real broker with
 * re-keying: the same reports without any headers bring the same events and counts.
 */
class ForgedHeadersIT {

  private static final int REPORTS = 3_000;
  private static final int APPLICATIONS = 3;
  private static final int PARTITIONS = 3;
  private static final int WINDOWS = REPORTS / 1_000;
  private static final long START = 1_795_000_000_000L;

  /** After all event times: no sender's clock is ahead of Kafka's. */
  private static final long SENT = START + 60_000;

  private static final String TOPIC = "reports";
  private static final String NAME = "forged";
  private static final String REKEYED = NAME + "-by-application";
  private static final byte[] NO_REPORT = bytes("{");
  private static final String ALL_BEHIND = "reports:0=behind reports:1=behind reports:2=behind";
  private static final String ALL_READ = "reports:0=end reports:1=end reports:2=end";

  /** What became of all messages. */
  private record Told(
      Map<String, Long> counters,
      Map<String, String> events,
      List<ConsumerRecord<byte[], byte[]>> letters) {}

  /** Where each piece of garbage was put. */
  private final Map<String, RecordMetadata> garbage = new HashMap<>();

  @Test
  void headersOfClients_decideNothing_andGarbageAmongRekeyedReportsIsDeadLetters()
      throws Exception {
    Told honest = run(false);
    Told forged = run(true);

    assertThat(forged.events()).isEqualTo(honest.events()).isNotEmpty();
    Map<String, Long> expected = new TreeMap<>(honest.counters());
    String dead = "qoa_reports_total{kind=\"unknown\",outcome=\"dead_letter\"}";
    expected.merge(dead, (long) garbage.size(), Long::sum);
    expected.put("qoa_dead_letters_total{reason=\"not_rekeyed\"}", (long) garbage.size());
    assertThat(forged.counters()).isEqualTo(expected);
    assertLetterOfReport(forged.letters());
    assertLettersOfGarbage(forged.letters());
  }

  /** On a broker of its own: the same topics, places and so ids in each run. */
  private Told run(boolean forged) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic(TOPIC, PARTITIONS, Map.of());
      broker.createTopic(REKEYED, PARTITIONS, Map.of());
      send(broker, forged);
      try (RunningEngine engine = engine(broker)) {
        engine.awaitReports(REPORTS + APPLICATIONS * PARTITIONS + 1 + garbage.size());
        Await.until(
            () -> "all windows judged: " + engine.counters("qoa_evaluations_total"),
            Await.LONG,
            () -> sum(engine.counters("qoa_evaluations_total")) == evaluations());
        return new Told(
            engine.counters(
                "qoa_reports_total",
                "qoa_dead_letters_total",
                "qoa_evaluations_total",
                "qoa_verdicts_total"),
            events(broker),
            RunningEngine.deadLetters(broker, NAME));
      }
    }
  }

  private static RunningEngine engine(EmbeddedBroker broker) throws Exception {
    return new RunningEngine(
        broker,
        TOPIC,
        NAME,
        Path.of("src/test/resources/qoa/service/run/backlog"),
        Path.of("../../policies"),
        Evaluator.PLAN,
        Rekey.ALWAYS,
        Map.of());
  }

  /** Each window with reports, the empty one after the last, and each report of one application. */
  private static long evaluations() {
    return APPLICATIONS * (WINDOWS + 1) + REPORTS / APPLICATIONS + PARTITIONS;
  }

  private static long sum(Map<String, Long> counters) {
    return counters.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, String> events(EmbeddedBroker broker) {
    Map<String, String> events = new TreeMap<>();
    for (RunningEngine.Message event : RunningEngine.events(broker, NAME)) {
      assertThat(events.put(event.id(), event.type() + event.value())).as(event.id()).isNull();
    }
    return events;
  }

  private void send(EmbeddedBroker broker, boolean forged) throws Exception {
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "linger.ms",
            20,
            "max.request.size",
            EmbeddedBroker.MAX_MESSAGE_BYTES);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<List<Header>> headers = forged ? forgedHeaders() : List.of(List.of());
      for (int i = 0; i < REPORTS; i++) {
        List<Header> these = headers.get(i % headers.size());
        send(producer, i / APPLICATIONS, report(i % APPLICATIONS, i), these);
      }
      List<Header> last = new ArrayList<>();
      headers.forEach(last::addAll);
      send(producer, 0, NO_REPORT, last);
      // Each source goes on by so much that all windows before it can close.
      for (int i = 0; i < APPLICATIONS * PARTITIONS; i++) {
        byte[] report = report(i % APPLICATIONS, REPORTS + 10_000);
        send(producer, i / APPLICATIONS, report, forged && i == 0 ? huge() : List.of());
      }
      if (forged) {
        sendGarbage(producer);
      }
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, int partition, byte[] value, List<Header> headers) {
    var unused =
        producer.send(
            new ProducerRecord<>(TOPIC, partition % PARTITIONS, SENT, null, value, headers),
            (at, e) -> assertThat(e).isNull());
  }

  /** A millisecond apart; every second window is slow, and no two reports are alike. */
  private static byte[] report(int application, int i) {
    double seconds = (i / 1_000 % 2 == 1 ? 0.2 : 0.05) + i * 7_919L % 1_000 / 5_000.0;
    return bytes(
        """
        {"metadata":{"client_config":{"application_name":"shop-%d","stage_id":"gateway",\
        "instance_id":"i"},"timestamp":%d.%03d},"service":{"gateway":{"metrics":\
        {"response_time":{"i":{"metric_name":"response_time","records":[%s]}}}}}}"""
            .formatted(
                application,
                (START + i) / 1_000,
                (START + i) % 1_000,
                String.format(Locale.ROOT, "%.6f", seconds)));
  }

  /** What clients may try; each list is the headers of one report. */
  private static List<List<Header>> forgedHeaders() {
    return List.of(
        List.of(header("qoa.sources", ALL_BEHIND)),
        List.of(header("qoa.sources", ALL_READ)),
        List.of(header("qoa.sources", (byte[]) null)),
        List.of(header("qoa.sources", "")),
        List.of(header("qoa.sources", new byte[] {-1, 0, 'x'})),
        List.of(header("qoa.sources", ALL_READ), header("qoa.sources", ALL_BEHIND)),
        origin("reports", "0", "0", "0"),
        origin("reports", "2147483648", "-1", "-2"),
        origin("", "one", "9223372036854775808", ""),
        List.of(header("qoa.topic", (byte[]) null), header("qoa.partition", new byte[] {-1})),
        List.of(header("QOA.sources", ALL_BEHIND), header("Qoa.topic", "reports")),
        List.of(header("qoa.reason", "empty"), header("qoa.", "x"), header("qoa.new", "x")),
        List.of(header("qoa.redriven-from", "0:17"), header("qoa.redriven-from", "here")),
        List.of(header("qoa.redriven-from", "here"), header("qoa.redriven-from", "1:23")),
        List.of(header("trace", "a"), header("qoa.sources", ALL_READ), header("trace", "b")));
  }

  private static List<Header> huge() {
    byte[] megabyte = new byte[1024 * 1024];
    Arrays.fill(megabyte, (byte) 'a');
    return List.of(header("qoa.sources", megabyte), header("trace", megabyte));
  }

  private static List<Header> origin(String topic, String partition, String offset, String time) {
    return List.of(
        header("qoa.topic", topic),
        header("qoa.partition", partition),
        header("qoa.offset", offset),
        header("qoa.timestamp", time));
  }

  /** Only engines should write to this topic; somebody else did. */
  private void sendGarbage(KafkaProducer<byte[], byte[]> producer) throws Exception {
    byte[] report = report(0, 500);
    Map<String, List<Header>> kinds = new TreeMap<>();
    kinds.put("no header", List.of());
    kinds.put("a header of somebody", List.of(header("trace", "a")));
    kinds.put("no partition", List.of(header("qoa.topic", "reports")));
    kinds.put("no topic", origin("reports", "0", "0", "0").subList(1, 4));
    kinds.put("partition 2^31", origin("reports", "2147483648", "0", "0"));
    kinds.put("negative offset", origin("reports", "0", "-1", "0"));
    kinds.put("time before -1", origin("reports", "0", "0", "-2"));
    kinds.put("no number", origin("reports", "0", "1e3", "0"));
    kinds.put("no name of a topic", origin("a b", "0", "0", "0"));
    kinds.put("mark beside a value", List.of(header("qoa.sources", ALL_BEHIND)));
    for (Map.Entry<String, List<Header>> kind : kinds.entrySet()) {
      putGarbage(producer, kind.getKey(), report, kind.getValue());
    }
    for (byte[] mark : new byte[][] {null, {-1}, bytes("reports:0"), bytes("reports:-1=end")}) {
      String name = "mark " + Arrays.toString(mark);
      putGarbage(producer, name, new byte[0], List.of(header("qoa.sources", mark)));
    }
    putGarbage(producer, "nothing", null, List.of());
    var unknownSource = header("qoa.sources", "nowhere:7=behind");
    producer
        .send(new ProducerRecord<>(REKEYED, 0, null, null, new byte[0], List.of(unknownSource)))
        .get();
  }

  private void putGarbage(
      KafkaProducer<byte[], byte[]> producer, String name, byte[] value, List<Header> headers)
      throws Exception {
    int partition = garbage.size() % PARTITIONS;
    byte[] key = bytes(name);
    garbage.put(
        name,
        producer.send(new ProducerRecord<>(REKEYED, partition, null, key, value, headers)).get());
  }

  /** The client's own headers are there, in order, and those of the engine say what is so. */
  private static void assertLetterOfReport(List<ConsumerRecord<byte[], byte[]>> letters) {
    List<ConsumerRecord<byte[], byte[]>> ofReports =
        letters.stream().filter(letter -> Arrays.equals(letter.value(), NO_REPORT)).toList();
    assertThat(ofReports).hasSize(1);
    assertThat(ofReports.get(0).headers().toArray())
        .extracting(Header::key)
        .containsExactly(
            "QOA.sources",
            "Qoa.topic",
            "qoa.redriven-from",
            "trace",
            "trace",
            "qoa.reason",
            "qoa.detail",
            "qoa.topic",
            "qoa.partition",
            "qoa.offset",
            "qoa.timestamp");
    assertThat(RunningEngine.header(ofReports.get(0), "qoa.redriven-from")).isEqualTo("1:23");
    assertThat(RunningEngine.header(ofReports.get(0), "qoa.reason")).isEqualTo("not_json");
    assertThat(RunningEngine.header(ofReports.get(0), "qoa.topic")).isEqualTo("reports");
    assertThat(RunningEngine.header(ofReports.get(0), "qoa.offset")).isNotEqualTo("0");
  }

  private void assertLettersOfGarbage(List<ConsumerRecord<byte[], byte[]>> letters) {
    List<String> found = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      if (RunningEngine.header(letter, "qoa.reason").equals("not_rekeyed")) {
        String name = new String(letter.key(), StandardCharsets.UTF_8);
        RecordMetadata at = garbage.get(name);
        found.add(name);
        assertThat(RunningEngine.header(letter, "qoa.topic")).as(name).isEqualTo(REKEYED);
        assertThat(RunningEngine.header(letter, "qoa.partition"))
            .as(name)
            .isEqualTo(String.valueOf(at.partition()));
        assertThat(RunningEngine.header(letter, "qoa.offset"))
            .as(name)
            .isEqualTo(String.valueOf(at.offset()));
        assertThat(RunningEngine.header(letter, "qoa.detail")).as(name).contains(REKEYED);
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(garbage.keySet());
  }

  private static Header header(String name, String value) {
    return header(name, bytes(value));
  }

  private static Header header(String name, byte[] value) {
    return new RecordHeader(name, value);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
