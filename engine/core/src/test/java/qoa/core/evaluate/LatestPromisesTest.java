package qoa.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import qoa.core.model.Verdict;

class LatestPromisesTest {

  private static final JsonAnswers ANSWERS = new JsonAnswers();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Verdicts<JsonNode> verdicts = new Verdicts<>();
  private final ObjectNode member = member();

  /** One that has all keys, each with an object of its own. */
  private static ObjectNode member() {
    ObjectNode member = JSON.createObjectNode();
    for (Answers.Key key : Answers.Key.values()) {
      member.put(key.label(), key.label() + " of old");
    }
    member.putArray(Answers.Key.CONSUMERS.label()).add("a").add("b");
    return member;
  }

  @ParameterizedTest
  @EnumSource(Answers.Key.class)
  void readsAMemberAnew_whereOneObjectIsAnother(Answers.Key key) {
    assertThat(met(member)).isEqualTo(fresh(member));
    ObjectNode other = sharing(member).put(key.label(), "another");
    assertThat(met(other)).isEqualTo(fresh(other));
    ObjectNode less = sharing(member);
    less.remove(key.label());
    assertThat(met(less)).isEqualTo(fresh(less));
    assertThat(met(member)).isEqualTo(fresh(member));
  }

  @Test
  void sharesThePromise_betweenVerdictsOfTheSameObjects() {
    Verdict first = met(member);
    Verdict second = met(sharing(member).put("observed", 2).put("message", "new"));
    assertThat(second.promise()).isSameAs(first.promise());
    assertThat(second.finding().observed().intValue()).isEqualTo(2);
    assertThat(second.finding().message()).isEqualTo("new");
  }

  @Test
  void takesTheKindFromTheRule_notFromTheVerdictBefore() {
    met(member);
    Outcome outcome =
        verdicts.outcome(ANSWERS, "p", JSON.createArrayNode().add(member), null, null);
    assertThat(((Outcome.Defined) outcome).verdicts())
        .extracting(Verdict::kind)
        .containsExactly(Verdict.Kind.VIOLATED);
  }

  @Test
  void failsOnAMessageThatIsNoString_alsoOfAKnownPromise() {
    met(member);
    ObjectNode wrong = sharing(member).put("message", 1);
    assertThat(verdicts.outcome(ANSWERS, "p", null, null, JSON.createArrayNode().add(wrong)))
        .isInstanceOf(Outcome.Failed.class);
  }

  /** The same objects under the same keys. */
  private static ObjectNode sharing(ObjectNode member) {
    ObjectNode copy = JSON.createObjectNode();
    copy.setAll(member);
    return copy;
  }

  private Verdict met(ObjectNode one) {
    return only(verdicts, one);
  }

  /** Without a promise read before. */
  private static Verdict fresh(ObjectNode one) {
    return only(new Verdicts<>(), one.deepCopy());
  }

  private static Verdict only(Verdicts<JsonNode> by, ObjectNode one) {
    Outcome outcome = by.outcome(ANSWERS, "p", null, null, JSON.createArrayNode().add(one));
    List<Verdict> all = ((Outcome.Defined) outcome).verdicts();
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
