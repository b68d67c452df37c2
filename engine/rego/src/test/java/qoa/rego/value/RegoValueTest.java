package qoa.rego.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qoa.rego.budget.Budget;

class RegoValueTest {
  private static RegoString s(String text) {
    return RegoString.of(text);
  }

  private static RegoNumber n(long value) {
    return RegoNumber.of(value);
  }

  @Test
  void orders_byType_thenByContent() {
    List<RegoValue> ascending =
        List.of(
            RegoNull.NULL,
            RegoBoolean.FALSE,
            RegoBoolean.TRUE,
            n(-1),
            n(2),
            s(""),
            s("a"),
            s("\uffff"),
            s("\ud83d\ude00"),
            RegoArray.EMPTY,
            RegoArray.of(n(1)),
            RegoArray.of(n(1), RegoNull.NULL),
            RegoArray.of(n(2)),
            RegoObject.empty(),
            RegoObject.builder().put("a", n(1)).build(),
            RegoObject.builder().put("b", n(1)).put("a", n(1)).build(),
            RegoObject.builder().put("a", n(2)).build(),
            RegoSet.EMPTY,
            RegoSet.of(n(1)),
            RegoSet.of(n(2), n(1)),
            RegoSet.of(n(2)));
    List<RegoValue> shuffled = new ArrayList<>(ascending);
    Collections.shuffle(shuffled, new Random(7));
    Collections.sort(shuffled);
    assertThat(shuffled).isEqualTo(ascending);
  }

  @Test
  void object_findsItsKeys_fewOrMany() {
    for (int size : new int[] {1, 7, 8, 9, 17, 1000}) {
      RegoObject.Builder builder = RegoObject.builder();
      for (int i = 0; i < size; i++) {
        builder.put("key" + i, n(i)).put(n(i), s("value"));
      }
      RegoObject object = builder.put("key0", n(-1)).build();
      assertThat(object.size()).isEqualTo(2 * size);
      for (int i = 1; i < size; i++) {
        assertThat(object.get(s("key" + i))).isEqualTo(n(i));
        assertThat(object.get(RegoNumber.parse(i + ".0"))).isEqualTo(s("value"));
      }
      assertThat(object.get(s("key0"))).isEqualTo(n(-1));
      assertThat(object.get(s("key" + size))).isNull();
    }
  }

  @Test
  void set_keepsItsMembersOnce_inOrder_fewOrMany() {
    Random random = new Random(11);
    for (int size : new int[] {0, 1, 2, 15, 16, 17, 40}) {
      List<RegoValue> ascending = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        ascending.add(i % 2 == 0 ? n(i - size) : s("member " + (char) ('0' + i)));
      }
      Collections.sort(ascending);
      List<RegoValue> twice = new ArrayList<>(ascending);
      twice.addAll(ascending);
      Collections.shuffle(twice, random);
      RegoSet set = RegoSet.copyOf(twice);
      assertThat((Iterable<RegoValue>) set).containsExactlyElementsOf(ascending);
      assertThat(set.size()).isEqualTo(size);
      for (int i = 0; i < size; i++) {
        assertThat(set.at(i)).isEqualTo(ascending.get(i));
        assertThat(set.get(ascending.get(i))).isEqualTo(ascending.get(i));
      }
      assertThat(set.contains(s("absent"))).isFalse();
      assertThat(set.get(n(1000))).isNull();
      Collections.shuffle(twice, random);
      RegoSet again = RegoSet.copyOf(twice);
      assertThat((RegoValue) again).isEqualTo(set).hasSameHashCodeAs(set);
    }
  }

  @Test
  void setsAndObjects_areEqual_whateverTheOrderOfInsertion() {
    List<RegoValue> members = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      members.add(RegoArray.of(n(i), s("x" + i)));
    }
    RegoSet set = RegoSet.copyOf(members);
    Collections.reverse(members);
    RegoSet reversed = RegoSet.copyOf(members);
    assertThat((RegoValue) set)
        .isEqualTo(reversed)
        .hasSameHashCodeAs(reversed)
        .hasToString(reversed.toString());
    assertThat(set.iterator().next()).isEqualTo(RegoArray.of(n(0), s("x0")));
  }

  @Test
  void toBuilder_doesNotChangeTheObject() {
    RegoObject object = RegoObject.builder().put("a", n(1)).build();
    RegoObject changed = object.toBuilder().put("a", n(2)).put("b", n(3)).build();
    assertThat((RegoValue) object).hasToString("{\"a\": 1}");
    assertThat((RegoValue) changed).hasToString("{\"a\": 2, \"b\": 3}");
  }

  @Test
  void json_comesAndGoes_setsAsArrays_keysAsText() throws IOException {
    JsonNode json = new JsonMapper().readTree("{\"a\":[1,0.5,null,true,\"x\"],\"b\":{}}");
    assertThat(JsonValues.toJson(JsonValues.fromJson(json))).isEqualTo(json);
    RegoObject object =
        RegoObject.builder()
            .put(RegoArray.of(n(1), RegoNull.NULL), RegoSet.of(n(2), n(1)))
            .put(RegoNull.NULL, s("<"))
            .build();
    assertThat(JsonText.of(object, Budget.UNLIMITED))
        .isEqualTo("{\"[1,null]\":[1,2],\"null\":\"\\u003c\"}");
    assertThat(JsonValues.fromJson(null)).isNull();
  }

  @Test
  void reader_keepsNumbers_andRejectsTrailingText() throws IOException {
    assertThat(JsonReader.read("[1.0, 1e2, 123456789012345678901]", Budget.UNLIMITED))
        .hasToString("[1.0, 1e2, 123456789012345678901]");
    assertThatThrownBy(() -> JsonReader.read("1 2", Budget.UNLIMITED))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> JsonReader.read("", Budget.UNLIMITED)).isInstanceOf(IOException.class);
  }

  @Test
  void termText_isRego() {
    RegoValue value =
        RegoArray.of(RegoSet.EMPTY, RegoSet.of(s("a\n\u2028")), RegoNull.NULL, RegoBoolean.TRUE);
    assertThat(value).hasToString("[set(), {\"a\\n\\u2028\"}, null, true]");
  }
}
