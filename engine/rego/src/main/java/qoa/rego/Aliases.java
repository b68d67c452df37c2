package qoa.rego;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The variables of one function that need no statement to set them, because they are copies of
 * others or constants: about a third of what OPA compiles. Such a variable is set in one place, and
 * read only in what follows that place; and what it is a copy of is such a variable, too, or an
 * argument that nothing sets. Then neither can change between the copy and a reader.
 */
final class Aliases {
  private static final Set<String> CONSTANTS =
      Set.of("MakeNullStmt", "MakeNumberIntStmt", "MakeNumberRefStmt");

  private final VariableUses uses = new VariableUses();

  /** Set once, and read only after that. */
  private final Set<Integer> steady = new HashSet<>();

  private final Map<Integer, Integer> originals = new HashMap<>();
  private final Set<Integer> constants = new HashSet<>();
  private final Set<JsonNode> needless = Collections.newSetFromMap(new IdentityHashMap<>());

  Aliases(JsonNode blocks, int... parameters) {
    uses.addBlocks(blocks);
    for (int parameter : parameters) {
      if (uses.writes(parameter) == 0) {
        steady.add(parameter);
      }
    }
    blocks.forEach(this::findInBlock);
  }

  /** The variable to use instead, which may be the same one. */
  int original(int variable) {
    return originals.getOrDefault(variable, variable);
  }

  /** Whether the statement does nothing but set a variable that is a copy or a constant. */
  boolean isNeedless(JsonNode statement) {
    return needless.contains(statement);
  }

  private void findInBlock(JsonNode block) {
    JsonNode statements = block.path("stmts");
    for (int i = 0; i < statements.size(); i++) {
      JsonNode statement = statements.get(i);
      JsonNode fields = statement.path("stmt");
      if (statement.path("type").asText().equals("ScanStmt")) {
        VariableUses inside = new VariableUses();
        inside.addBlock(fields.path("block"));
        settle(fields.path("key").asInt(), inside);
        settle(fields.path("value").asInt(), inside);
      } else {
        findIn(statement, fields, statements, i);
      }
      findInBlock(fields.path("block"));
      fields.path("blocks").forEach(this::findInBlock);
    }
  }

  private void findIn(JsonNode statement, JsonNode fields, JsonNode statements, int at) {
    JsonNode target = fields.has("target") ? fields.path("target") : fields.path("result");
    if (!target.isInt() || uses.writes(target.intValue()) != 1) {
      return;
    }
    VariableUses after = new VariableUses();
    for (int i = at + 1; i < statements.size(); i++) {
      after.add(statements.get(i));
    }
    if (settle(target.intValue(), after)) {
      noteAlias(statement, fields.path("source"), target.intValue());
    }
  }

  private boolean settle(int variable, VariableUses inReach) {
    return uses.writes(variable) == 1
        && uses.reads(variable) == inReach.reads(variable)
        && steady.add(variable);
  }

  private void noteAlias(JsonNode statement, JsonNode source, int target) {
    String type = statement.path("type").asText();
    boolean copies = type.equals("AssignVarStmt");
    if (copies && source.path("type").asText().equals("local")) {
      int from = original(source.path("value").asInt());
      boolean needsSlot = constants.contains(from) && uses.isReadInPlace(target);
      if (steady.contains(from) && !needsSlot) {
        originals.put(target, from);
        needless.add(statement);
      }
    } else if ((copies || CONSTANTS.contains(type)) && !uses.isReadInPlace(target)) {
      constants.add(target);
      needless.add(statement);
    }
  }
}
