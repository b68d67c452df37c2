package qoa.rego.compiler;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qoa.rego.plan.Block;
import qoa.rego.plan.BlockStatement.Scan;
import qoa.rego.plan.BlockStatement.With;
import qoa.rego.plan.Operand;
import qoa.rego.plan.Statement;
import qoa.rego.plan.VariableStatement.AssignVar;
import qoa.rego.plan.VariableStatement.MakeNull;
import qoa.rego.plan.VariableStatement.MakeNumberInt;
import qoa.rego.plan.VariableStatement.MakeNumberRef;

/**
 * The variables of one function that need no statement to set them, because they are copies of
 * others or constants: about a third of what OPA compiles. Such a variable is set in one place, and
 * read only after that place. If it is a copy, the other variable is also such a variable, or an
 * argument that nothing sets. Then neither can change between the copy and a reader.
 */
final class Aliases {
  private final VariableUses uses = new VariableUses();

  /** Set once, and read only after that. */
  private final Set<Integer> steady = new HashSet<>();

  private final Map<Integer, Integer> originals = new HashMap<>();
  private final Set<Integer> constants = new HashSet<>();
  private final Set<Statement> needless = Collections.newSetFromMap(new IdentityHashMap<>());

  Aliases(List<Block> blocks, int... parameters) {
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

  /** Whether the statement only sets a variable that is a copy or a constant. */
  boolean isNeedless(Statement statement) {
    return needless.contains(statement);
  }

  private void findInBlock(Block block) {
    List<Statement> statements = block.statements();
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      if (statement instanceof Scan scan) {
        VariableUses inside = new VariableUses();
        inside.addBlock(scan.block());
        settle(scan.key(), inside);
        settle(scan.value(), inside);
      } else if (!(statement instanceof With)) {
        List<Statement> after = statements.subList(i + 1, statements.size());
        statement.targets().forEach(target -> findIn(statement, target, after));
      }
      statement.blocks().forEach(this::findInBlock);
    }
  }

  private void findIn(Statement statement, int target, List<Statement> following) {
    if (uses.writes(target) != 1) {
      return;
    }
    VariableUses after = new VariableUses();
    following.forEach(after::add);
    if (settle(target, after)) {
      noteAlias(statement, target);
    }
  }

  private boolean settle(int variable, VariableUses inReach) {
    return uses.writes(variable) == 1
        && uses.reads(variable) == inReach.reads(variable)
        && steady.add(variable);
  }

  private void noteAlias(Statement statement, int target) {
    if (statement instanceof AssignVar copy && copy.source() instanceof Operand.Local source) {
      int from = original(source.variable());
      boolean needsSlot = constants.contains(from) && uses.isReadInPlace(target);
      if (steady.contains(from) && !needsSlot) {
        originals.put(target, from);
        needless.add(statement);
      }
    } else if (isConstant(statement) && !uses.isReadInPlace(target)) {
      constants.add(target);
      needless.add(statement);
    }
  }

  private static boolean isConstant(Statement statement) {
    return statement instanceof AssignVar
        || statement instanceof MakeNull
        || statement instanceof MakeNumberInt
        || statement instanceof MakeNumberRef;
  }
}
