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

/** Reads {@code engine.yaml} strictly: what is not known is a mistake, never ignored. */
public final class ConfigLoader {

  private ConfigLoader() {}

  /**
   * Reads the configuration; a file that is not there or empty means all defaults.
   *
   * @param file YAML, or JSON where its name ends in {@code .json}
   * @throws ProblemsException with every mistake, in order of their lines
   */
  public static EngineConfig load(Path file) throws ProblemsException {
    return load(file, Set.of());
  }

  /**
   * The same, for who uses folders that the file names: these have to be there.
   *
   * @param used the keys of folders, {@code contracts} or {@code policies}
   */
  public static EngineConfig load(Path file, Set<String> used) throws ProblemsException {
    return load(file, used, System::getenv, Redactor.OF_PROCESS);
  }

  /** The same with another environment. */
  static EngineConfig load(Path file, Set<String> used, UnaryOperator<String> environment)
      throws ProblemsException {
    return load(file, used, environment, new Redactor());
  }

  /**
   * The same.
   *
   * @param redactor told every value that must not be printed
   */
  static EngineConfig load(
      Path file, Set<String> used, UnaryOperator<String> environment, Redactor redactor)
      throws ProblemsException {
    if (Files.notExists(file)) {
      return EngineConfig.defaults();
    }
    Document source = DocumentReader.read(file, file.toString());
    List<Problem> problems = new ArrayList<>();
    Substitution substitution = new Substitution(environment, redactor);
    Section root = new Section(source, "", source.root(), Section.SETTINGS, substitution, problems);
    EngineConfig config = engine(root, used);
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(Problem::line));
      throw new ProblemsException(problems);
    }
    return config;
  }

  private static EngineConfig engine(Section root, Set<String> used) {
    EngineConfig otherwise = EngineConfig.defaults();
    KafkaConfig kafka = kafka(root);
    TopicsConfig topics = topics(root.section("topics"));
    Path contracts = root.folder("contracts", otherwise.contracts(), used.contains("contracts"));
    Path policies = root.folder("policies", otherwise.policies(), used.contains("policies"));
    Evaluator evaluator =
        root.text(
            "evaluator",
            otherwise.evaluator(),
            "plan, opa or plan-or-opa",
            word -> word(Evaluator.values(), Evaluator::label, word));
    OpaConfig opa =
        root.isWord("opa", "managed")
            ? OpaConfig.managed()
            : opa(root.section("opa", "managed, or a map of settings"));
    int threads = root.integer("threads", otherwise.threads());
    Duration commitInterval = root.duration("commit-interval", otherwise.commitInterval());
    Duration idleTimeout = root.duration("idle-timeout", otherwise.idleTimeout());
    LimitsConfig limits = limits(root.section("limits"));
    HttpConfig http = http(root.section("http"));
    return root.make(
        () ->
            new EngineConfig(
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
                http),
        otherwise);
  }

  private static KafkaConfig kafka(Section root) {
    Map<String, String> common = root.properties("kafka", KafkaNames::mistake);
    Map<String, String> consumer = root.properties("consumer", KafkaNames::consumerMistake);
    Map<String, String> producer = root.properties("producer", KafkaNames::producerMistake);
    return root.check(() -> new KafkaConfig(common, consumer, producer), KafkaConfig.defaults());
  }

  private static TopicsConfig topics(Section section) {
    TopicsConfig otherwise = TopicsConfig.defaults();
    List<String> reports = section.texts("reports", otherwise.reports());
    String violations = section.text("violations", otherwise.violations());
    String status = section.text("status", otherwise.status());
    String state = section.text("state", otherwise.state());
    String deadLetters = section.text("dead-letters", otherwise.deadLetters());
    String byApplication = section.text("by-application", otherwise.byApplication());
    Rekey rekey =
        section.text(
            "rekey",
            otherwise.rekey(),
            "auto, always or never",
            word -> word(Rekey.values(), Rekey::label, word));
    return section.make(
        () ->
            new TopicsConfig(reports, violations, status, state, deadLetters, byApplication, rekey),
        otherwise);
  }

  private static OpaConfig opa(Section section) {
    OpaConfig otherwise = OpaConfig.managed();
    URI url = section.text("url", null, "http://HOST:PORT or https://…", URI::create);
    Secret token = section.text("token", null, "a text", Secret::new);
    Path caFile =
        section.text("ca-file", null, "a file that can be read", ConfigLoader::readableFile);
    Duration timeout = section.duration("timeout", otherwise.timeout());
    int batchSize = section.integer("batch-size", otherwise.batchSize());
    int connections = section.integer("connections", otherwise.connections());
    return section.make(
        () -> new OpaConfig(url, token, caFile, timeout, batchSize, connections), otherwise);
  }

  private static LimitsConfig limits(Section section) {
    LimitsConfig otherwise = LimitsConfig.defaults();
    long reportBytes = section.bytes("report-bytes", otherwise.reportBytes());
    int reportDepth = section.integer("report-depth", otherwise.reportDepth());
    Duration timeAhead = section.duration("time-ahead", otherwise.timeAhead());
    int series = section.integer("series", otherwise.series());
    EvaluationConfig evaluation = evaluation(section);
    return section.make(
        () -> new LimitsConfig(reportBytes, reportDepth, timeAhead, series, evaluation), otherwise);
  }

  private static EvaluationConfig evaluation(Section limits) {
    EvaluationConfig otherwise = EvaluationConfig.defaults();
    int steps = limits.integer("evaluation-steps", otherwise.steps());
    long memory = limits.bytes("evaluation-memory", otherwise.memory());
    Duration time = limits.duration("evaluation-time", otherwise.time());
    return limits.check(() -> new EvaluationConfig(steps, memory, time), otherwise);
  }

  private static HttpConfig http(Section section) {
    HttpConfig otherwise = HttpConfig.defaults();
    String host = section.text("host", otherwise.host());
    int port = section.integer("port", otherwise.port());
    List<String> allowedHosts = section.texts("allowed-hosts", otherwise.allowedHosts());
    return section.make(() -> new HttpConfig(host, port, allowedHosts), otherwise);
  }

  private static Path readableFile(String name) {
    Path file = Path.of(name);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException(name);
    }
    return file;
  }

  private static <T> T word(T[] values, Function<T, String> label, String word) {
    return Arrays.stream(values)
        .filter(value -> label.apply(value).equals(word))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }
}
