package qoa.service.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import qoa.core.documents.Problem;
import qoa.core.documents.ProblemsException;
import qoa.core.engine.Revisions;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.evaluate.Revision;
import qoa.service.http.Health;
import qoa.service.metrics.PrometheusMetrics;
import qoa.testing.Await;
import qoa.testing.HostileFiles;

@Execution(ExecutionMode.CONCURRENT)
class RevisionWatcherIT {

  private static final String POLICY =
      "package plain\n\nmet contains {\"constraint\": \"c\"} if input.reports > %d\n";

  @TempDir private Path folder;

  private final Health health = new Health(List.of());
  private final PrometheusMetrics metrics = new PrometheusMetrics(100);
  private final List<Revision> given = new CopyOnWriteArrayList<>();
  private RevisionWatcher.Target target = given::add;
  private Path contracts;
  private Path policies;
  private Revision initial;
  private RevisionWatcher watcher;

  @BeforeEach
  void start() throws Exception {
    contracts = Files.createDirectory(folder.resolve("contracts"));
    policies = Files.createDirectory(folder.resolve("policies"));
    contract("mine", 1);
    policy(1);
    initial = Revisions.load(contracts, policies);
    watcher =
        RevisionWatcher.start(
            contracts, policies, initial, revision -> target.accept(revision), health, metrics);
    awaitReloads("ok", 1);
  }

  @AfterEach
  void stop() {
    watcher.close();
  }

  @Test
  void gives_whatAnEditorWroteByRename_withinTwoSeconds() throws Exception {
    Path draft = Files.writeString(folder.resolve("draft"), contractText("mine", 2));
    Files.move(draft, contracts.resolve("mine.yaml"), StandardCopyOption.ATOMIC_MOVE);

    awaitGiven(1);

    assertThat(given.get(0).contracts().contracts().get(0).version()).isEqualTo("2.0.0");
    assertThat(given.get(0).id()).isNotEqualTo(initial.id());
  }

  @Test
  void gives_aChangedPolicy_andOneInANewFolder() throws Exception {
    policy(2);
    awaitGiven(1);

    Path inside = Files.createDirectories(policies.resolve("a/b"));
    Files.writeString(inside.resolve("new.rego"), "package a.b\n\nx := 1\n");
    awaitGiven(2);

    assertThat(given.get(0).policies().packages()).containsExactly("plain");
    assertThat(given.get(1).policies().packages()).containsExactly("a.b", "plain");
  }

  @Test
  void gives_newAndDeletedContracts() throws Exception {
    contract("other", 1);
    awaitGiven(1);
    Files.delete(contracts.resolve("other.yaml"));
    awaitGiven(2);

    assertThat(given.get(0).contracts().contracts()).hasSize(2);
    assertThat(given.get(1).id()).isEqualTo(initial.id());
  }

  @Test
  void givesNothing_andSaysSo_whileAPolicyHasAMistake() throws Exception {
    Files.writeString(policies.resolve("plain.rego"), "package plain\n\nmet contains {\n");
    awaitReloads("failed", 1);

    assertThat(health.degradations().get(RevisionWatcher.RELOAD))
        .startsWith("revision " + initial.id() + " runs on: ")
        .contains("plain.rego:4");
    assertThat(health.causes()).isEmpty();
    assertThat(metrics.sum("qoa_last_reload_successful", Map.of())).hasValue(0);

    policy(1);
    awaitReloads("ok", 2);

    awaitSound();
    assertThat(metrics.sum("qoa_last_reload_successful", Map.of())).hasValue(1);
    assertThat(given).as("it is what runs already").isEmpty();
  }

  @Test
  void givesNothing_whileAContractNamesAPolicyThatIsNotThere() throws Exception {
    Files.writeString(
        contracts.resolve("mine.yaml"), contractText("mine", 2).replace("plain", "plane"));
    awaitReloads("failed", 1);
    assertThat(health.degradations().get(RevisionWatcher.RELOAD)).contains("did you mean plain?");

    contract("mine", 2);
    awaitGiven(1);

    awaitSound();
  }

  @Test
  void isDegraded_whenTheRevisionIsRefused_andGivesTheNextOne() throws Exception {
    target =
        revision -> {
          throw new ProblemsException(List.of(new Problem("plain.rego", 3, null, "no builtin")));
        };
    contract("mine", 2);
    awaitReloads("failed", 1);
    assertThat(health.degradations().get(RevisionWatcher.RELOAD))
        .contains("plain.rego:3: no builtin");

    target = given::add;
    contract("mine", 3);
    awaitGiven(1);

    assertThat(given.get(0).contracts().contracts().get(0).version()).isEqualTo("3.0.0");
  }

  @Test
  void offersARevisionAgain_whenTheEvaluatorWasAway() throws Exception {
    target =
        revision -> {
          target = given::add;
          throw new EvaluatorUnavailableException("away", null);
        };
    contract("mine", 2);

    awaitGiven(1);
    awaitReloads("ok", 2);

    assertThat(metrics.sum("qoa_reload_total", Map.of("outcome", "failed"))).hasValue(1);
    awaitSound();
  }

  @Test
  void outlivesAFaultOfItsTarget() throws Exception {
    target =
        revision -> {
          throw new IllegalStateException("a fault");
        };
    contract("mine", 2);
    awaitReloads("failed", 1);

    target = given::add;
    assertThat(reload()).isEqualTo(given.get(0).id());
  }

  @Test
  void gives_whatStandsThereInTheEnd_whenMuchIsWrittenInARow() throws Exception {
    for (int version = 2; version < 42; version++) {
      contract("mine", version);
      TimeUnit.MILLISECONDS.sleep(20);
    }
    Await.until(
        () -> "the last version: " + given,
        Await.LONG,
        () -> !given.isEmpty() && version(given.get(given.size() - 1)).equals("41.0.0"));

    assertThat(given.size()).isLessThan(20);
  }

  @Test
  void readsNothing_whenAnEditorOnlyPutsItsOwnFilesThere() throws Exception {
    for (String name : List.of(".mine.yaml.swp", "mine.yaml~", "4913")) {
      Files.writeString(contracts.resolve(name), "anything");
    }
    TimeUnit.MILLISECONDS.sleep(1000);

    assertThat(metrics.sum("qoa_reload_total", Map.of())).hasValue(1);
  }

  @Test
  void reload_tellsWhatRunsThen_orWhatIsWrong() throws Exception {
    assertThat(reload()).isEqualTo(initial.id());

    contract("mine", 2);
    assertThat(reload()).isNotEqualTo(initial.id()).isEqualTo(given.get(0).id());

    Files.writeString(contracts.resolve("mine.yaml"), "id: [");
    assertThatThrownBy(this::reload)
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("mine.yaml");
    assertThat(given).hasSize(1);
  }

  @Test
  void reload_isRefused_onceItIsClosed() {
    watcher.close();
    assertThatThrownBy(this::reload).hasMessage("reload: the engine is ending");
  }

  /** What cannot be read is no contract that was removed: the last good revision runs on. */
  @ParameterizedTest
  @EnumSource
  void givesNothing_whileAContractCannotBeRead(HostileFiles hostile) throws Exception {
    Path other = contracts.resolve("other.yaml");
    contract("other", 1);
    awaitGiven(1);
    Files.delete(other);
    hostile.put(other);
    awaitDegraded(other + ": " + hostile.message());

    assertThat(given).hasSize(1);
    assertThat(health.causes()).isEmpty();
    assertThatThrownBy(this::reload).hasMessageContaining(other.toString());

    Files.delete(other);
    contract("other", 2);
    awaitGiven(2);
    awaitSound();
    assertThat(given.get(1).contracts().contracts()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void givesNothing_whileAPolicyCannotBeRead(HostileFiles hostile) throws Exception {
    Path policy = policies.resolve("other.rego");
    hostile.put(policy);
    awaitDegraded(policy + ": " + hostile.message());

    assertThat(given).isEmpty();

    Files.delete(policy);
    awaitReloads("ok", 2);
    awaitSound();
  }

  @Test
  void givesNothing_whileTheFolderIsGone_orAnEmptyMount() throws Exception {
    Path away = folder.resolve("away");
    Files.move(contracts, away);
    awaitDegraded(contracts + ": no such folder");

    Files.createDirectory(contracts);
    awaitDegraded(contracts + ": contains no contracts");

    Files.delete(contracts);
    Files.move(away, contracts);
    awaitReloads("ok", 2);
    assertThat(given).isEmpty();
    awaitSound();
  }

  /**
   * As Kubernetes updates a volume of files: a hidden folder for each version, a link to the
   * newest, and the files themselves links through that. Between the two there may be a moment
   * without.
   */
  @Test
  void neverGivesAPart_whileLinksAreTurned() throws Exception {
    Files.delete(contracts.resolve("mine.yaml"));
    Path data = contracts.resolve("..data");
    turn(data, 1);
    for (String id : List.of("mine", "other")) {
      Files.createSymbolicLink(contracts.resolve(id + ".yaml"), Path.of("..data", id + ".yaml"));
    }
    awaitGiven(1);
    for (int version = 2; version < 12; version++) {
      Files.delete(data);
      TimeUnit.MILLISECONDS.sleep(version * 40L);
      turn(data, version);
      TimeUnit.MILLISECONDS.sleep(version * 60L);
    }
    Await.until(
        () -> "the last version: " + given,
        Await.LONG,
        () -> version(given.get(given.size() - 1)).equals("11.0.0"));

    for (Revision revision : given) {
      assertThat(revision.contracts().contracts()).hasSize(2);
      assertThat(revision.contracts().contracts().stream().map(c -> c.version()).distinct())
          .as("of one version")
          .hasSize(1);
    }
    Await.until("it is well", () -> health.degradations().isEmpty());
  }

  private void turn(Path data, int version) throws IOException {
    Path files = Files.createDirectory(contracts.resolve("..v" + version));
    for (String id : List.of("mine", "other")) {
      Files.writeString(files.resolve(id + ".yaml"), contractText(id, version));
    }
    Path beside = Files.createSymbolicLink(contracts.resolve("..tmp"), files.getFileName());
    Files.move(beside, data, StandardCopyOption.ATOMIC_MOVE);
  }

  static Stream<Error> errors() {
    return Stream.of(
        new StackOverflowError(), new OutOfMemoryError("Java heap space"), new AssertionError("a"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void outlivesAnError(Error error) throws Exception {
    target =
        revision -> {
          throw error;
        };
    contract("mine", 2);
    awaitReloads("failed", 1);
    assertThat(health.degradations().get(RevisionWatcher.RELOAD)).contains(error.toString());
    assertThat(metrics.sum("qoa_last_reload_successful", Map.of())).hasValue(0);
    assertThatThrownBy(this::reload).hasMessageContaining(error.toString());

    target = given::add;
    contract("mine", 3);
    awaitGiven(1);
    awaitSound();
  }

  @Test
  void answersAllWhoAsk_withOneReading() throws Exception {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(watcher.reload());
    }
    for (CompletableFuture<String> answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(initial.id());
    }
    assertThat(metrics.sum("qoa_reload_total", Map.of("outcome", "ok")).orElseThrow())
        .isLessThanOrEqualTo(3);
  }

  /** A revision runs before health says so. */
  private void awaitSound() throws Exception {
    Await.until(
        () -> "sound, not " + health.degradations(),
        Duration.ofSeconds(20),
        () -> health.degradations().isEmpty());
  }

  private void awaitDegraded(String part) throws Exception {
    Await.until(
        () -> part + " in " + health.degradations(),
        Duration.ofSeconds(20),
        () -> health.degradations().getOrDefault(RevisionWatcher.RELOAD, "").contains(part));
  }

  private String reload() throws Exception {
    try {
      return watcher.reload().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (ProblemsException) e.getCause();
    }
  }

  private void awaitGiven(int count) throws Exception {
    Await.until(
        () -> count + " revisions: " + given + health.degradations(),
        Duration.ofSeconds(20),
        () -> given.size() == count);
  }

  private void awaitReloads(String outcome, int count) throws Exception {
    Await.until(
        () -> count + " reloads " + outcome + ": " + metrics.text(),
        Duration.ofSeconds(20),
        () ->
            metrics.sum("qoa_reload_total", Map.of("outcome", outcome)).orElse(0)
                >= (double) count);
  }

  private static String version(Revision revision) {
    return revision.contracts().contracts().get(0).version();
  }

  private void policy(int limit) throws IOException {
    Files.writeString(policies.resolve("plain.rego"), POLICY.formatted(limit));
  }

  private void contract(String id, int version) throws IOException {
    Files.writeString(contracts.resolve(id + ".yaml"), contractText(id, version));
  }

  private static String contractText(String id, int version) {
    return "{id: %s, version: %d.0.0, application: \"*\", policy: plain, evaluate: {each: report}}"
        .formatted(id, version);
  }
}
