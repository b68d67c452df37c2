package qoa.rego.compiler;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qoa.rego.plan.Block;
import qoa.rego.plan.Operand;
import qoa.rego.plan.Statement;

/** Counts where statements set the variables of their function, and where they read them. */
final class VariableUses {
  private final Map<Integer, Integer> writes = new HashMap<>();
  private final Map<Integer, Integer> reads = new HashMap<>();
  private final Set<Integer> readInPlace = new HashSet<>();

  int writes(int variable) {
    return writes.getOrDefault(variable, 0);
  }

  int reads(int variable) {
    return reads.getOrDefault(variable, 0);
  }

  /** Whether a statement reads it that takes no constant instead. */
  boolean isReadInPlace(int variable) {
    return readInPlace.contains(variable);
  }

  /** Whether each variable that is read is also set there, or is one of {@code others}. */
  boolean needNothingBut(int... others) {
    Set<Integer> needed = new HashSet<>(reads.keySet());
    needed.removeAll(writes.keySet());
    return Arrays.stream(others).boxed().toList().containsAll(needed);
  }

  void addBlocks(List<Block> blocks) {
    blocks.forEach(this::addBlock);
  }

  void addBlock(Block block) {
    block.statements().forEach(this::add);
  }

  /** Adds a statement, and those inside it. */
  void add(Statement statement) {
    for (Operand operand : statement.operands()) {
      if (operand instanceof Operand.Local local) {
        reads.merge(local.variable(), 1, Integer::sum);
      }
    }
    for (int variable : statement.variables()) {
      reads.merge(variable, 1, Integer::sum);
      readInPlace.add(variable);
    }
    for (int variable : statement.targets()) {
      writes.merge(variable, 1, Integer::sum);
    }
    addBlocks(statement.blocks());
  }
}
