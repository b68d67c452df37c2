package qoa.service.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import qoa.core.documents.Document;
import qoa.core.documents.DocumentReader;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.core.settings.EvaluationConfig;
import qoa.core.settings.LimitsConfig;
import qoa.core.settings.OpaConfig;
import qoa.core.settings.Secret;
import qoa.kafka.KafkaConfig;
import qoa.kafka.KafkaNames;
import qoa.kafka.Rekey;
import qoa.kafka.TopicsConfig;

/** Reads {@code engine.yaml}. An unknown key is an error. */
public final class ConfigLoader {

  private ConfigLoader() {}

  /**
   * Reads the configuration. If the file is missing or empty, every setting has its default.
   *
   * @param file YAML, or JSON if its name ends in {@code .json}
   * @throws ProblemsException with all mistakes, in the order of their lines
   */
  public static EngineConfig load(Path file) throws ProblemsException {
    return load(file, Set.of());
  }

  /**
   * Reads the configuration, and checks that the folders that a command uses exist.
   *
   * @param used the settings of these folders: {@code contracts}, {@code policies}
   */
  public static EngineConfig load(Path file, Set<String> used) throws ProblemsException {
    return load(file, used, System::getenv, Redactor.OF_PROCESS);
  }

  /** The same, with the given environment variables. */
  static EngineConfig load(Path file, Set<String> used, UnaryOperator<String> environment)
      throws ProblemsException {
    return load(file, used, environment, new Redactor());
  }

  /**
   * The same, with the given environment variables and redactor.
   *
   * @param redactor receives every value that must not be printed
   */
  static EngineConfig load(
      Path file, Set<String> used, UnaryOperator<String> environment, Redactor redactor)
      throws ProblemsException {
    if (Files.notExists(file)) {
      return EngineConfig.defaults();
    }
    Document document = DocumentReader.read(file, file.toString());
    List<Problem> problems = new ArrayList<>();
    Substitution substitution = new Substitution(environment, redactor);
    Section root =
        new Section(document, "", document.root(), Section.SETTINGS, substitution, problems);
    EngineConfig config = engine(root, used);
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(Problem::line));
      throw new ProblemsException(problems);
    }
    return config;
  }

  private static EngineConfig engine(Section root, Set<String> used) {
    KafkaConfig kafka = kafka(root);
    TopicsConfig topics = topics(root.section("topics"));
    JudgingConfig judging = judging(root, used);
    ProcessingConfig processing = processing(root);
    LimitsConfig limits = limits(root.section("limits"));
    HttpConfig http = http(root.section("http"));
    root.rejectUnknown();
    return new EngineConfig(kafka, topics, judging, processing, limits, http);
  }

  private static JudgingConfig judging(Section root, Set<String> used) {
    JudgingConfig defaults = JudgingConfig.defaults();
    Path contracts = root.folder("contracts", defaults.contracts(), used.contains("contracts"));
    Path policies = root.folder("policies", defaults.policies(), used.contains("policies"));
    Evaluator evaluator =
        root.text(
            "evaluator",
            defaults.evaluator(),
            "plan, opa or plan-or-opa",
            text -> constant(Evaluator.values(), Evaluator::label, text));
    OpaConfig opa =
        root.hasText("opa", "managed")
            ? OpaConfig.managed()
            : opa(root.section("opa", "managed, or a map of settings"));
    return new JudgingConfig(contracts, policies, evaluator, opa);
  }

  private static ProcessingConfig processing(Section root) {
    ProcessingConfig defaults = ProcessingConfig.defaults();
    int threads = root.integer("threads", defaults.threads());
    Duration commitInterval = root.duration("commit-interval", defaults.commitInterval());
    Duration idleTimeout = root.duration("idle-timeout", defaults.idleTimeout());
    return root.check(() -> new ProcessingConfig(threads, commitInterval, idleTimeout), defaults);
  }

  private static KafkaConfig kafka(Section root) {
    Map<String, String> common = root.properties("kafka", KafkaNames::mistake);
    Map<String, String> consumer = root.properties("consumer", KafkaNames::consumerMistake);
    Map<String, String> producer = root.properties("producer", KafkaNames::producerMistake);
    return root.check(() -> new KafkaConfig(common, consumer, producer), KafkaConfig.defaults());
  }

  private static TopicsConfig topics(Section section) {
    TopicsConfig defaults = TopicsConfig.defaults();
    List<String> reports = section.texts("reports", defaults.reports());
    String violations = section.text("violations", defaults.violations());
    String status = section.text("status", defaults.status());
    String state = section.text("state", defaults.state());
    String deadLetters = section.text("dead-letters", defaults.deadLetters());
    String byApplication = section.text("by-application", defaults.byApplication());
    Rekey rekey =
        section.text(
            "rekey",
            defaults.rekey(),
            "auto, always or never",
            text -> constant(Rekey.values(), Rekey::label, text));
    return section.make(
        () ->
            new TopicsConfig(reports, violations, status, state, deadLetters, byApplication, rekey),
        defaults);
  }

  private static OpaConfig opa(Section section) {
    OpaConfig defaults = OpaConfig.managed();
    URI url = section.text("url", null, "http://HOST:PORT or https://…", URI::create);
    Secret token = section.text("token", null, "a string", Secret::new);
    Path caFile = section.text("ca-file", null, "a readable file", ConfigLoader::readableFile);
    Duration timeout = section.duration("timeout", defaults.timeout());
    int batchSize = section.integer("batch-size", defaults.batchSize());
    int connections = section.integer("connections", defaults.connections());
    return section.make(
        () -> new OpaConfig(url, token, caFile, timeout, batchSize, connections), defaults);
  }

  private static LimitsConfig limits(Section section) {
    LimitsConfig defaults = LimitsConfig.defaults();
    long reportBytes = section.bytes("report-bytes", defaults.reportBytes());
    int reportDepth = section.integer("report-depth", defaults.reportDepth());
    Duration timeAhead = section.duration("time-ahead", defaults.timeAhead());
    int series = section.integer("series", defaults.series());
    EvaluationConfig evaluation = evaluation(section);
    return section.make(
        () -> new LimitsConfig(reportBytes, reportDepth, timeAhead, series, evaluation), defaults);
  }

  private static EvaluationConfig evaluation(Section limits) {
    EvaluationConfig defaults = EvaluationConfig.defaults();
    int steps = limits.integer("evaluation-steps", defaults.steps());
    long memory = limits.bytes("evaluation-memory", defaults.memory());
    Duration time = limits.duration("evaluation-time", defaults.time());
    return limits.check(() -> new EvaluationConfig(steps, memory, time), defaults);
  }

  private static HttpConfig http(Section section) {
    HttpConfig defaults = HttpConfig.defaults();
    String host = section.text("host", defaults.host());
    int port = section.integer("port", defaults.port());
    List<String> allowedHosts = section.texts("allowed-hosts", defaults.allowedHosts());
    return section.make(() -> new HttpConfig(host, port, allowedHosts), defaults);
  }

  private static Path readableFile(String name) {
    Path file = Path.of(name);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException(name);
    }
    return file;
  }

  private static <T> T constant(T[] values, Function<T, String> label, String text) {
    return Arrays.stream(values)
        .filter(value -> label.apply(value).equals(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }
}
