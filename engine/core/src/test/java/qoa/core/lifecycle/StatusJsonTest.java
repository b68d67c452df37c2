package qoa.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qoa.core.model.Finding;
import qoa.core.model.Partition;
import qoa.core.model.Promise;
import qoa.core.model.PromiseKey;
import qoa.core.model.Verdict;
import qoa.core.model.Window;

class StatusJsonTest {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Test
  void readsWhatItWrote_whereEverythingIsThere() throws IOException {
    assertRoundTrip(new Any(new Random(1), 1).status());
  }

  @Test
  void readsWhatItWrote_whereAllThatMayBeNullIs() throws IOException {
    assertRoundTrip(new Any(new Random(1), 0).status());
  }

  @Property(tries = 500)
  void readsWhatItWrote(@ForAll Random random) throws IOException {
    assertRoundTrip(new Any(random, 0.7).status());
  }

  private static void assertRoundTrip(Status status) throws IOException {
    assertThat(StatusJson.read(StatusJson.write(status))).isEqualTo(status);
  }

  @Test
  void showsSubscribers_whatIsOpenSinceWhen() {
    Verdict violated =
        new Verdict(
            new Promise(
                new PromiseKey("latency", "p", "gateway", null),
                "latency",
                List.of("c"),
                "m",
                "MAX",
                Given.json("{\"value\":1}"),
                "major"),
            new Finding(Verdict.Kind.VIOLATED, NODES.numberNode(3), "slow"));
    Status status =
        new Status(
            new Event.EvaluationRef(
                new Event.ContractRef("shop", "1.0.0"),
                new Event.PolicyRef("qoa.contract", Given.REVISION),
                "detector",
                new Window(Given.TEN + 10_000, Given.TEN + 20_000),
                7,
                false),
            new Event.StakeholderRef("p", Set.of("ml_provider")),
            violated,
            new PromiseState(true, 0, Given.TEN, violated),
            Given.PARTITION,
            "f00d",
            false);

    assertThat(Given.json(new String(StatusJson.write(status), StandardCharsets.UTF_8)))
        .isEqualTo(
            Given.json(
                """
                {"verdict": "violated", "open": true, "since": "2026-11-23T10:00:00Z",
                 "contract": {"id": "shop", "version": "1.0.0"},
                 "stakeholder": {"id": "p", "roles": ["ml_provider"]},
                 "consumers": ["c"], "constraint": "latency", "stage": "gateway", "metric": "m",
                 "aggregate": "MAX", "observed": 3, "expected": {"value": 1}, "severity": "major",
                 "message": "slow", "application": "detector",
                 "window": {"start": "2026-11-23T10:00:10Z", "end": "2026-11-23T10:00:20Z"},
                 "reports": 7,
                 "policy": {"package": "qoa.contract", "revision": "0011223344556677"},
                 "engine": {"topic": "reports", "partition": 0, "fingerprint": "f00d",
                   "wildcard": false, "streak": 0, "since": 1795428000000,
                   "violated": {"consumers": ["c"], "constraint": "latency", "stage": "gateway",
                     "metric": "m", "aggregate": "MAX", "observed": 3, "expected": {"value": 1},
                     "severity": "major", "message": "slow"}}}
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "{}", "{\"engine\": {}}", "not JSON", "{\"verdict\": 1"})
  void refusesWhatIsNoStatus(String value) {
    assertThatThrownBy(() -> StatusJson.read(value.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }

  /** Any status; each of its parts that may be null is there with a probability. */
  private record Any(Random random, double there) {

    private static final String LETTERS = "ab|\\\"/ \n\u0000\u00e4\u20ac";

    Status status() {
      String stakeholder = some(text());
      boolean watched = maybe();
      return new Status(
          new Event.EvaluationRef(
              new Event.ContractRef(text(), text()),
              new Event.PolicyRef(text(), text()),
              text(),
              new Window(millis(), millis()),
              random.nextLong(),
              false),
          stakeholder == null
              ? null
              : new Event.StakeholderRef(stakeholder, new LinkedHashSet<>(texts())),
          verdict(List.of(Verdict.Kind.values()).get(random.nextInt(3)), stakeholder),
          watched
              ? new PromiseState(
                  random.nextBoolean(),
                  random.nextInt(),
                  millis(),
                  verdict(Verdict.Kind.VIOLATED, stakeholder))
              : PromiseState.KEPT,
          new Partition(text(), random.nextInt()),
          text(),
          random.nextBoolean());
    }

    private Verdict verdict(Verdict.Kind kind, String stakeholder) {
      String constraint = some(text());
      String message = some(text());
      String name = constraint != null ? constraint : message;
      Promise promise =
          new Promise(
              new PromiseKey(name, stakeholder, some(text()), some(text())),
              constraint,
              some(texts()),
              some(text()),
              some(text()),
              some(json()),
              some(text()));
      return new Verdict(promise, new Finding(kind, some(json()), message));
    }

    private JsonNode json() {
      return switch (random.nextInt(7)) {
        case 0 -> NODES.numberNode(random.nextInt());
        case 1 -> NODES.numberNode(moreDigitsThanADouble());
        case 2 -> NODES.numberNode(random.nextGaussian());
        case 3 -> NODES.textNode(text());
        case 4 -> NODES.booleanNode(random.nextBoolean());
        case 5 -> NODES.arrayNode().add(json()).addNull();
        default -> NODES.objectNode().put("operator", text()).set("value", json());
      };
    }

    private BigDecimal moreDigitsThanADouble() {
      return BigDecimal.TEN
          .pow(25)
          .add(BigDecimal.valueOf(random.nextLong() | 1))
          .movePointLeft(30);
    }

    private String text() {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(6); length > 0; length--) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      return text.toString();
    }

    private List<String> texts() {
      List<String> texts = new ArrayList<>();
      for (int size = random.nextInt(3); size > 0; size--) {
        texts.add(text());
      }
      return texts;
    }

    /** Of the years 0 to 9999, which is what a time in an event can name. */
    private long millis() {
      return random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L);
    }

    private boolean maybe() {
      return random.nextDouble() < there;
    }

    private <T> T some(T value) {
      return maybe() ? value : null;
    }
  }
}
