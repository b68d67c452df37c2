package qoa.core.evaluate.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static qoa.core.evaluate.opa.Fixtures.evaluation;
import static qoa.core.evaluate.opa.Fixtures.revision;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qoa.core.evaluate.Evaluation;
import qoa.core.evaluate.EvaluatorUnavailableException;
import qoa.core.settings.OpaConfig;

/** A sick OPA is told from a bad policy: the one is waited for, the other fails alone. */
class OpaFaultsIT {

  private static final Duration TIMEOUT = Duration.ofMillis(700);

  /** Takes too long for the value 99, and fails for 7. */
  private static final String POLICY =
      """
      package p

      violation contains sprintf("saw %v", [value]) if {
      	value != 99
      }

      violation contains "never" if {
      	value == 99
      	r := numbers.range(1, 400)
      	some a in r
      	some b in r
      	some c in r
      	some d in r
      	a * b * c * d < 0
      }

      value := input.report.value

      value := 8 if input.report.value == 7
      """;

  private static final List<Evaluation> ONE = List.of(evaluation("p", 1.5));
  private static final List<String> ITS_VERDICT = List.of("[violated saw 1.5]");
  private static final Predicate<String> HAS_INPUTS = body -> body.contains("value");

  private static FaultyProxy proxy;
  private static OpaEvaluator evaluator;

  @BeforeAll
  static void start() throws Exception {
    proxy = new FaultyProxy(ManagedOpa.start(OpaForTests.find()));
    evaluator = OpaEvaluator.on(proxy, new OpaConfig(null, null, null, TIMEOUT, 64, 2));
    evaluator.prepare(revision(Map.of("p.rego", POLICY)));
  }

  @AfterAll
  static void stop() {
    evaluator.close();
  }

  @AfterEach
  void heal() throws Exception {
    proxy.heal();
    awaitVerdict(); // what one case leaves behind is none of the next one's business
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENDLESS")
  void isUnavailable_whileAllFails_andJudgesTheSameBatchLater(FaultyProxy.Fault fault)
      throws Exception {
    proxy.fail(fault);
    long start = System.nanoTime();
    assertThatThrownBy(() -> evaluator.evaluate(ONE))
        .isInstanceOf(EvaluatorUnavailableException.class)
        .hasMessageContaining(fault.trouble)
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(proxy.token()));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(4));
    proxy.heal();
    assertThat(shown(ONE)).isEqualTo(ITS_VERDICT);
  }

  /** What failed has passed when OPA is asked whether it is well. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENDLESS")
  void blamesNoInput_forAFaultThatPasses(FaultyProxy.Fault fault) throws Exception {
    AtomicInteger left = new AtomicInteger(1);
    proxy.fail(fault, HAS_INPUTS.and(body -> left.getAndDecrement() > 0));
    assertThat(shown(ONE)).isEqualTo(ITS_VERDICT);
  }

  @Test
  void losesNothing_whereOpaHangsInTheMidstOfABatch() throws Exception {
    List<Evaluation> batch = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      batch.add(evaluation("p", i == 400 ? 7 : i + 0.5));
      expected.add("[violated saw " + (i + 0.5) + "]");
    }
    expected.set(400, "Failed[reason=p.rego:19: complete rules must not produce multiple outputs]");
    AtomicInteger queries = new AtomicInteger();
    proxy.fail(FaultyProxy.Fault.HANG, body -> queries.incrementAndGet() > 3);
    assertThatThrownBy(() -> evaluator.evaluate(batch))
        .isInstanceOf(EvaluatorUnavailableException.class);
    proxy.heal();
    assertThat(shown(batch)).isEqualTo(expected);
  }

  @Test
  void failsASlowInput_alone() throws Exception {
    assertThat(shown(List.of(evaluation("p", 99))))
        .containsExactly("Failed[reason=timed out after 700 ms]");
    assertThat(shown(List.of(evaluation("p", 1.5), evaluation("p", 99), evaluation("p", 2.5))))
        .containsExactly(
            "[violated saw 1.5]", "Failed[reason=timed out after 700 ms]", "[violated saw 2.5]");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENDLESS")
  void failsTheInput_thatOpaNeverSurvives_orNobody(FaultyProxy.Fault fault) throws Exception {
    proxy.fail(fault, body -> body.contains("\"value\":66.0"));
    List<Evaluation> batch =
        List.of(evaluation("p", 1.5), evaluation("p", 66), evaluation("p", 2.5));
    if (fault.blame == null) {
      assertThatThrownBy(() -> evaluator.evaluate(batch))
          .isInstanceOf(EvaluatorUnavailableException.class);
      proxy.heal();
      assertThat(shown(batch))
          .containsExactly("[violated saw 1.5]", "[violated saw 66]", "[violated saw 2.5]");
    } else {
      List<String> shown = shown(batch);
      assertThat(shown.get(0)).isEqualTo("[violated saw 1.5]");
      assertThat(shown.get(1)).startsWith("Failed[reason=").contains(fault.blame);
      assertThat(shown.get(2)).isEqualTo("[violated saw 2.5]");
    }
  }

  /** As the engine's loop does, which asks again every quarter of a second or more often. */
  @ParameterizedTest
  @EnumSource(names = {"EMPTY", "OTHER_TYPES", "NOT_JSON", "CLOSE", "ERROR", "REDIRECT"})
  void asksSeldom_whileAllFails(FaultyProxy.Fault fault) throws Exception {
    proxy.fail(fault);
    int before = proxy.requests();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
    while (System.nanoTime() < end) {
      assertThatThrownBy(() -> evaluator.evaluate(ONE))
          .isInstanceOf(EvaluatorUnavailableException.class)
          .hasMessageContaining(fault.trouble);
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(proxy.requests() - before).isLessThan(40);
  }

  /** How long it takes until the bound is reached is the machine's; hence the long limit. */
  @Test
  void endsAnAnswer_thatHasNoEnd() throws Exception {
    OpaConnection opa = new OpaConnection(proxy.await(), proxy.token(), Transport.client(null));
    proxy.fail(FaultyProxy.Fault.ENDLESS);
    assertThatThrownBy(() -> opa.query("x", new byte[0], Duration.ofMinutes(1)))
        .isInstanceOf(OpaAnswerException.class)
        .hasMessageContaining(FaultyProxy.Fault.ENDLESS.trouble);
    assertThatThrownBy(opa::modules)
        .isInstanceOf(OpaAnswerException.class)
        .hasMessageContaining("its answer is longer than ");
    assertThatThrownBy(() -> opa.putModule("x.rego", "package x"))
        .hasMessageContaining(FaultyProxy.Fault.ENDLESS.trouble);
  }

  @Test
  void letsGoOfACall_whenItIsClosed() throws Exception {
    OpaConfig patient = new OpaConfig(null, null, null, Duration.ofMinutes(5), 64, 2);
    ManagedOpa opa = ManagedOpa.start(OpaForTests.find());
    FaultyProxy hanging = new FaultyProxy(opa);
    OpaEvaluator closed = OpaEvaluator.on(hanging, patient);
    closed.prepare(revision(Map.of("p.rego", POLICY)));
    hanging.fail(FaultyProxy.Fault.HANG);
    int before = hanging.requests();
    CompletableFuture<Throwable> ended =
        CompletableFuture.supplyAsync(() -> catchThrowable(() -> closed.evaluate(ONE)));
    while (hanging.requests() == before) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    closed.close();
    assertThat(ended.get(2, TimeUnit.SECONDS)).isInstanceOf(EvaluatorUnavailableException.class);
    assertThatThrownBy(() -> closed.evaluate(ONE))
        .isInstanceOf(EvaluatorUnavailableException.class);
  }

  /** Until it is asked again. */
  private static void awaitVerdict() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try {
        assertThat(shown(ONE)).isEqualTo(ITS_VERDICT);
        return;
      } catch (EvaluatorUnavailableException e) {
        assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private static String stackTrace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static List<String> shown(List<Evaluation> batch) throws Exception {
    return evaluator.evaluate(batch).stream().map(Fixtures::shown).toList();
  }
}
