package qoa.rego.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class PlanReaderTest {
  private static final String PLAN =
      """
      {
        "static": {
          "strings": [{"value": "limit"}],
          "builtin_funcs": [
            {"name": "plus", "decl": {"result": {"type": "number"}}},
            {"name": "print", "decl": {}}
          ],
          "files": [{"value": "shop.rego"}]
        },
        "plans": {"plans": [{"name": "shop/rule", "blocks": [{"stmts": [%s]}]}]},
        "funcs": {"funcs": [
          {"name": "g0.data.f", "path": ["g0", "f"], "params": [0, 1, 3], "blocks": []}
        ]}
      }
      """;

  private static Policy read(String statement) {
    try {
      return PlanReader.read(new JsonMapper().readTree(PLAN.formatted(statement)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Statement statement(String type, String fields) {
    Policy policy = read("{\"type\": \"%s\", \"stmt\": {%s}}".formatted(type, fields));
    return policy.entrypoints().get(0).blocks().get(0).at(0);
  }

  @Test
  void read_takesConstantsFunctionsAndEntrypoints() {
    Policy policy = read("");

    assertThat(policy.constants().string(0)).isEqualTo("limit");
    assertThat(policy.constants().withoutResult()).containsExactly("print");
    assertThat(policy.functions().get(0).path()).containsExactly("g0", "f");
    assertThat(policy.functions().get(0).isRule()).isFalse();
    assertThat(policy.entrypoints()).extracting(Policy.Entrypoint::name).containsOnly("shop/rule");
  }

  @Test
  void read_takesOperandsAndLocations() {
    Statement dot =
        statement(
            "DotStmt",
            """
            "source": {"type": "local", "value": 3}, "key": {"type": "string_index", "value": 0},
            "target": 5, "file": 0, "row": 7, "col": 2
            """);

    assertThat(dot)
        .isEqualTo(
            new VariableStatement.Dot(
                new Operand.Local(3),
                new Operand.StringIndex(0),
                5,
                new Location("shop.rego", 7, 2)));
    assertThat(dot.targets()).containsExactly(5);
  }

  @Test
  void read_takesNestedBlocks() {
    Statement not =
        statement("NotStmt", "\"block\": {\"stmts\": [{\"type\": \"NopStmt\", \"stmt\": {}}]}");

    assertThat(not.blocks().get(0).statements())
        .containsExactly(new BlockStatement.Nop(Location.UNKNOWN));
  }

  @Test
  void read_takesNumbers_inBothSpellings() {
    assertThat(statement("MakeNumberRefStmt", "\"Index\": 4, \"target\": 2"))
        .isEqualTo(statement("MakeNumberRefStmt", "\"index\": 4, \"target\": 2"));
  }

  @Test
  void read_tellsWhatIsMalformed() {
    assertMalformed("JumpStmt", "", "unknown statement: JumpStmt");
    assertMalformed("ReturnLocalStmt", "\"row\": 1", "no variable source in {\"row\":1}");
    assertMalformed(
        "IsSetStmt", "\"source\": {\"type\": \"x\"}", "unknown operand: {\"type\":\"x\"}");
    assertMalformed("IsSetStmt", "\"source\": {\"type\": \"local\"}", "no number in operand");
    assertMalformed("CallDynamicStmt", "\"args\": [0], \"result\": 2", "input and data");
    assertThatThrownBy(() -> PlanReader.read(new JsonMapper().createObjectNode()))
        .isInstanceOf(PlanFormatException.class)
        .hasMessage("not a plan: it has no array at /plans/plans");
    assertThatThrownBy(() -> read("").constants().string(1))
        .isInstanceOf(PlanFormatException.class)
        .hasMessage("the plan has no string 1");
  }

  private static void assertMalformed(String type, String fields, String message) {
    assertThatThrownBy(() -> statement(type, fields))
        .isInstanceOf(PlanFormatException.class)
        .hasMessageContaining(message);
  }
}
