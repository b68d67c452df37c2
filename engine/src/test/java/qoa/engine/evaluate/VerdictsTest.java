package qoa.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qoa.engine.model.Verdict;

class VerdictsTest {

  private static final Verdicts<JsonNode> VERDICTS = new Verdicts<>(new JsonAnswers());

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
                Verdict.Kind.VIOLATED,
                "p",
                List.of("a", "b"),
                "c",
                "s",
                "i",
                "m",
                "MAX",
                json("0.2"),
                json("{'value': 0.1}"),
                "major",
                "slow"));
  }

  @Test
  void readsOldForms() {
    assertThat(violated("'text', [{'id': 'x', 'roles': 3}, 'old'], ['y', 'older']"))
        .extracting(Verdict::stakeholder, Verdict::message, Verdict::constraint)
        .containsExactly(
            tuple("x", "old", null), tuple("y", "older", null), tuple(null, "text", null));
  }

  @Test
  void readsNullAsAbsent_andOneConsumerAsList() {
    assertThat(violated("{'constraint': 'c', 'message': null, 'observed': null, 'consumers': 'a'}"))
        .singleElement()
        .satisfies(
            v -> {
              assertThat(v.message()).isNull();
              assertThat(v.observed()).isNull();
              assertThat(v.consumers()).containsExactly("a");
            });
  }

  @Test
  void ordersVerdicts() {
    Outcome outcome =
        VERDICTS.outcome(
            "p",
            json("['b', {'constraint': 'a', 'stakeholder': 'z'}, {'constraint': 'a'}]"),
            json("['y', 'x']"),
            json("['a', 'a']"));
    assertThat(((Outcome.Defined) outcome).verdicts())
        .extracting(v -> v.kind().label() + " " + v.name() + " " + v.stakeholder())
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
    assertThat(VERDICTS.outcome("p", null, null, null)).isEqualTo(new Outcome.Undefined());
    assertThat(VERDICTS.outcome("p", json("[]"), null, null))
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
    assertThat(VERDICTS.outcome("p", json(violation), json("['x']"), null))
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
    Outcome outcome = VERDICTS.outcome("p", empty(violation), empty(undetermined), empty(met));

    assertThat(outcome).isInstanceOf(Outcome.Defined.class);
    Outcome.Defined defined = (Outcome.Defined) outcome;
    assertThat(defined.isSilent()).isEqualTo(silent);
    assertThat(defined.isWithoutVerdict()).isEqualTo(!silent);
    assertThat(defined.verdicts())
        .extracting(Verdict::kind, Verdict::name)
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
    assertThat(VERDICTS.outcome("p", json(violation), json(undetermined), json(met)))
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
    assertThat(VERDICTS.outcome("p", json(violation), null, json(met)))
        .isInstanceOf(Outcome.Defined.class);
  }

  @Test
  void looksForTheSameMember_inTimeLinearInTheirNumber() {
    StringBuilder members = new StringBuilder("[");
    for (int i = 0; i < 10_000; i++) {
      members.append("{'constraint': 'a', 'stage': 's").append(i).append("'},");
    }
    JsonNode met = json(members + "{'constraint': 'b'}]");
    JsonNode violation = json(members.toString().replace("'s", "'t") + "{'constraint': 'c'}]");

    assertTimeout(
        Duration.ofSeconds(5),
        () -> assertThat(VERDICTS.outcome("p", violation, null, met)).isNotNull());
  }

  private static List<Verdict> violated(String members) {
    Outcome outcome = VERDICTS.outcome("p", json("[" + members + "]"), null, null);
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
