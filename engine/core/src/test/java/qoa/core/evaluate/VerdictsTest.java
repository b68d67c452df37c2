package qoa.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.core.model.Finding;
import qoa.core.model.Promise;
import qoa.core.model.PromiseKey;
import qoa.core.model.Verdict;

class VerdictsTest {

  private static final Verdicts<JsonNode> VERDICTS = new Verdicts<>();
  private static final JsonAnswers ANSWERS = new JsonAnswers();

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsAllKeys() {
    assertThat(
            violated(
                "{'stakeholder': 'p', 'consumers': ['a', 'b'], 'constraint': 'c', 'stage': 's',"
                    + " 'instance': 'i', 'metric': 'm', 'aggregate': 'MAX', 'observed': 0.2,"
                    + " 'expected': {'value': 0.1}, 'severity': 'major', 'message': 'slow',"
                    + " 'other': 1}"))
        .containsExactly(
            new Verdict(
                new Promise(
                    new PromiseKey("c", "p", "s", "i"),
                    "c",
                    List.of("a", "b"),
                    "m",
                    "MAX",
                    json("{'value': 0.1}"),
                    "major"),
                new Finding(Verdict.Kind.VIOLATED, json("0.2"), "slow")));
  }

  @Test
  void readsOldForms() {
    assertThat(violated("'text', [{'id': 'x', 'roles': 3}, 'old'], ['y', 'older']"))
        .extracting(
            v -> v.promise().stakeholder(),
            v -> v.finding().message(),
            v -> v.promise().constraint())
        .containsExactly(
            tuple("x", "old", null), tuple("y", "older", null), tuple(null, "text", null));
  }

  @Test
  void readsNullAsAbsent_andOneConsumerAsList() {
    assertThat(violated("{'constraint': 'c', 'message': null, 'observed': null, 'consumers': 'a'}"))
        .singleElement()
        .satisfies(
            v -> {
              assertThat(v.finding().message()).isNull();
              assertThat(v.finding().observed()).isNull();
              assertThat(v.promise().consumers()).containsExactly("a");
            });
  }

  @Test
  void ordersVerdicts() {
    Outcome outcome =
        VERDICTS.outcome(
            ANSWERS,
            "p",
            json("['b', {'constraint': 'a', 'stakeholder': 'z'}, {'constraint': 'a'}]"),
            json("['y', 'x']"),
            json("['a', 'a']"));
    assertThat(((Outcome.Defined) outcome).verdicts())
        .extracting(
            v -> v.kind().label() + " " + v.promise().name() + " " + v.promise().stakeholder())
        .containsExactly(
            "violated a null",
            "violated a z",
            "violated b null",
            "undetermined x null",
            "undetermined y null",
            "met a null",
            "met a null");
  }

  @Test
  void tellsUndefinedFromEmpty() {
    assertThat(VERDICTS.outcome(ANSWERS, "p", null, null, null)).isEqualTo(new Outcome.Undefined());
    assertThat(VERDICTS.outcome(ANSWERS, "p", json("[]"), null, null))
        .isEqualTo(new Outcome.Defined(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{'constraint': 3}] | p.violation: key constraint: expected a string, got a number, in the member {\"constraint\":3}",
        "[{'message': 'm', 'consumers': [1]}] | p.violation: key consumers: expected a list of strings, or one string, in the member {\"message\":\"m\",\"consumers\":[1]}",
        "[{'message': 'm', 'consumers': {'a': 'b'}}] | p.violation: key consumers: expected a list of strings, or one string, in the member {\"message\":\"m\",\"consumers\":{\"a\":\"b\"}}",
        "[{'observed': 3}] | p.violation: expected one of the keys constraint, message, in the member {\"observed\":3}",
        "[true] | p.violation: expected an object or a string, got a boolean, in the member true",
        "[['a']] | p.violation: expected [client_info, \"text\"], where client_info has a string id, in the member [\"a\"]",
        "[[{'name': 'a'}, 'text']] | p.violation: expected [client_info, \"text\"], where client_info has a string id, in the member [{\"name\":\"a\"},\"text\"]",
        "true | p.violation is a boolean; expected a set of members: true",
        "{'a': true} | p.violation is an object; expected a set of members: {\"a\":true}",
      })
  void fails_whereAMemberIsNotUnderstood(String violation, String reason) {
    assertThat(VERDICTS.outcome(ANSWERS, "p", json(violation), json("['x']"), null))
        .isEqualTo(new Outcome.Failed(reason));
  }

  /** A policy with {@code violation} alone cannot say what was kept; one that can, did not. */
  @ParameterizedTest
  @CsvSource({
    "true, false, false, true", // violation, undetermined, met; whether it is silent
    "true, true, false, false",
    "true, false, true, false",
    "true, true, true, false",
    "false, true, false, false",
    "false, false, true, false"
  })
  void saysThatThereIsNoVerdict_whereAPolicyThatCouldGiveOneAnswersNothing(
      boolean violation, boolean undetermined, boolean met, boolean silent) {
    Outcome outcome =
        VERDICTS.outcome(ANSWERS, "p", empty(violation), empty(undetermined), empty(met));

    assertThat(outcome).isInstanceOf(Outcome.Defined.class);
    Outcome.Defined defined = (Outcome.Defined) outcome;
    assertThat(defined.isSilent()).isEqualTo(silent);
    assertThat(defined.isWithoutVerdict()).isEqualTo(!silent);
    assertThat(defined.verdicts())
        .extracting(Verdict::kind, verdict -> verdict.promise().name())
        .isEqualTo(
            silent
                ? List.of()
                : List.of(tuple(Verdict.Kind.UNDETERMINED, "the policy gave no verdict")));
  }

  private static JsonNode empty(boolean isThere) {
    return isThere ? json("[]") : null;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "['a'] | [] | ['a'] | the same member is in violation and in met: message a",
        "['a'] | ['a'] | [] | the same member is in violation and in undetermined: message a",
        "[] | ['b', 'a'] | ['a', 'c'] | the same member is in undetermined and in met: message a",
        "[{'constraint': 'a', 'observed': 1, 'message': 'bad'}] | [] | [{'constraint': 'a', 'observed': 1}] |"
            + " the same member is in violation and in met: constraint a",
        "[{'constraint': 'a', 'stakeholder': 'p', 'stage': 's', 'instance': 'i', 'metric': 'm'}] |"
            + " [{'constraint': 'a', 'stakeholder': 'p', 'stage': 's', 'instance': 'i', 'metric': 'm'}] | [] |"
            + " the same member is in violation and in undetermined: constraint a, stakeholder p, stage s, instance i, metric m",
      })
  void fails_whereTheSameMemberIsInTwoSets(
      String violation, String undetermined, String met, String reason) {
    assertThat(VERDICTS.outcome(ANSWERS, "p", json(violation), json(undetermined), json(met)))
        .isEqualTo(new Outcome.Failed("p: " + reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{'constraint': 'a'}] | ['a']",
        "[{'constraint': 'a', 'stakeholder': 'p'}] | [{'constraint': 'a', 'stakeholder': 'q'}]",
        "[{'constraint': 'a', 'stage': 'p'}] | [{'constraint': 'a', 'stage': 'q'}]",
        "[{'constraint': 'a', 'metric': 'p'}] | [{'constraint': 'a', 'metric': 'q'}]",
        "[{'constraint': 'a', 'consumers': ['p']}] | [{'constraint': 'a', 'consumers': ['q']}]",
        "[{'constraint': 'a', 'expected': {'value': 1}}] | [{'constraint': 'a', 'expected': {'value': 2}}]",
        "[{'message': 'a'}, {'message': 'a'}] | [{'message': 'b'}]",
      })
  void takesMembersThatDiffer(String violation, String met) {
    assertThat(VERDICTS.outcome(ANSWERS, "p", json(violation), null, json(met)))
        .isInstanceOf(Outcome.Defined.class);
  }

  @Test
  void looksForTheSameMember_inTimeLinearInTheirNumber() {
    StringBuilder members = new StringBuilder("[");
    for (int i = 0; i < 4_999; i++) {
      members.append("{'constraint': 'a', 'stage': 's").append(i).append("'},");
    }
    JsonNode met = json(members + "{'constraint': 'b'}]");
    JsonNode violation = json(members.toString().replace("'s", "'t") + "{'constraint': 'c'}]");

    assertTimeout(
        Duration.ofSeconds(5),
        () ->
            assertThat(VERDICTS.outcome(ANSWERS, "p", violation, null, met))
                .isInstanceOf(Outcome.Defined.class));
  }

  @Test
  void cutsLongMessages_andMarksThem() {
    String message = "é\u0001x".repeat(2_000);
    Verdict verdict = violated("{'constraint': 'c', 'message': '" + escaped(message) + "'}").get(0);
    assertThat(verdict.finding().message()).endsWith("… (cut)");
    assertThat(bytes(verdict.finding().message())).isBetween(4_000, 4_096);
    assertThat(message).startsWith(verdict.finding().message().replace("… (cut)", ""));
    assertThat(violated("'" + "y".repeat(9_000) + "'").get(0).finding().message()).hasSize(4_094);
  }

  @Test
  void doesNotCutPairsOfSurrogates() {
    for (int i = 0; i < 4; i++) {
      String text = "a".repeat(i) + "\ud83d\ude00".repeat(2_000);
      String cut = violated("'" + text + "'").get(0).finding().message();
      assertThat(cut.codePoints()).noneMatch(c -> c >= 0xd800 && c < 0xe000);
    }
  }

  @Test
  void cutsObservedAndExpected_andMarksThem() {
    String list = "[" + "12345,".repeat(9_000) + "0]";
    String keys = "{'a': 1, 'long': '" + "x".repeat(40_000) + "'}";
    Verdict verdict =
        violated("{'constraint': 'c', 'observed': " + list + ", 'expected': " + keys + "}").get(0);
    assertThat(bytes(verdict.finding().observed().toString())).isLessThanOrEqualTo(16 * 1024);
    assertThat(verdict.finding().observed().get(verdict.finding().observed().size() - 1).asText())
        .isEqualTo("… (cut)");
    assertThat(verdict.finding().observed().get(0).intValue()).isEqualTo(12_345);
    assertThat(bytes(verdict.promise().expected().toString())).isLessThanOrEqualTo(8 * 1024);
    assertThat(verdict.promise().expected().get("long").asText()).endsWith("… (cut)");
    assertThat(verdict.promise().expected().get("a").intValue()).isEqualTo(1);
  }

  @Test
  void cutsManyConsumers_andMarksThem() {
    List<String> consumers =
        violated("{'constraint': 'c', 'consumers': [" + "'consumer',".repeat(3_000) + "'z']}")
            .get(0)
            .promise()
            .consumers();
    assertThat(consumers).hasSizeBetween(700, 800).endsWith("… (cut)");
  }

  @Test
  void fails_whereANameIsTooLong() {
    for (String key : List.of("constraint", "stakeholder", "stage", "instance", "metric")) {
      String member = "[{'message': 'm', '" + key + "': '" + "n".repeat(1_025) + "'}]";
      assertThat(VERDICTS.outcome(ANSWERS, "p", json(member), null, null).toString())
          .contains("p.violation: key " + key + ": longer than 1024 bytes");
    }
  }

  @Test
  void fails_whereThereAreTooManyVerdicts() {
    String most = "[" + "'a',".repeat(9_999) + "'a']";
    assertThat(VERDICTS.outcome(ANSWERS, "p", json(most), null, null))
        .isInstanceOf(Outcome.Defined.class);
    assertThat(VERDICTS.outcome(ANSWERS, "p", json(most), null, json("['b']")))
        .isEqualTo(new Outcome.Failed("p.met: more than 10000 verdicts"));
  }

  private static String escaped(String text) {
    return text.replace("\u0001", "\\u0001");
  }

  /** How long a text is as JSON, less its quotes; or a text that is JSON. */
  private static int bytes(CharSequence text) {
    String json = text.charAt(0) == '[' || text.charAt(0) == '{' ? text.toString() : null;
    try {
      String written = json != null ? json : JSON.writeValueAsString(text.toString());
      return written.getBytes(StandardCharsets.UTF_8).length - (json == null ? 2 : 0);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<Verdict> violated(String members) {
    Outcome outcome = VERDICTS.outcome(ANSWERS, "p", json("[" + members + "]"), null, null);
    assertThat(outcome).isInstanceOf(Outcome.Defined.class);
    return ((Outcome.Defined) outcome).verdicts();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
