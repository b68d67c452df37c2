package qoa.rego.compiler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import qoa.rego.plan.Block;
import qoa.rego.plan.BlockStatement.Blocks;
import qoa.rego.plan.BlockStatement.ReturnLocal;
import qoa.rego.plan.CheckStatement.Equal;
import qoa.rego.plan.CheckStatement.IsDefined;
import qoa.rego.plan.CheckStatement.IsUndefined;
import qoa.rego.plan.Operand;
import qoa.rego.plan.VariableStatement.AssignVarOnce;
import qoa.rego.plan.VariableStatement.ResetLocal;

/**
 * A definition of a function or a rule in a plan.
 *
 * @param alternatives the blocks of which each, unless the one before it did, sets a variable of
 *     its own as its last statement
 * @param result the statement that makes this variable the result
 */
record DefinitionSource(List<Block> alternatives, AssignVarOnce result) {

  /**
   * The definitions that a function consists of; null where it has other parts: definitions of sets
   * and objects, defaults, and results that are found in loops.
   */
  static List<DefinitionSource> allOf(List<Block> blocks, int... parameters) {
    List<DefinitionSource> definitions = new ArrayList<>();
    int last = blocks.size() - 1;
    if (last < 1 || !(blocks.get(last).at(0) instanceof ReturnLocal returned)) {
      return null;
    }
    int at = 0;
    while (at < last) {
      DefinitionSource definition = of(parts(blocks, at), returned.source(), parameters);
      if (definition == null) {
        return null;
      }
      definitions.add(definition);
      at += isNested(blocks.get(at)) ? 1 : 2;
    }
    return definitions;
  }

  /** With else, all blocks of a definition are in one; without, there are two. */
  private static boolean isNested(Block block) {
    return block.size() == 1 && block.at(0) instanceof Blocks nested && !nested.blocks().isEmpty();
  }

  private static List<Block> parts(List<Block> blocks, int at) {
    return isNested(blocks.get(at)) ? blocks.get(at).at(0).blocks() : blocks.subList(at, at + 2);
  }

  /** The definition in these blocks, of which the last one takes the result; null for none. */
  private static DefinitionSource of(List<Block> parts, int returned, int... parameters) {
    List<Block> alternatives = parts.subList(0, parts.size() - 1);
    Block taking = parts.get(parts.size() - 1);
    if (!alternatives.isEmpty()
        && taking.size() == 2
        && taking.at(0) instanceof IsDefined defined
        && taking.at(1) instanceof AssignVarOnce result
        && result.source().isLocal(defined.source())
        && result.target() == returned
        && areAlternatives(alternatives, defined.source(), parameters)) {
      return new DefinitionSource(alternatives, result);
    }
    return null;
  }

  private static boolean areAlternatives(List<Block> blocks, int variable, int... parameters) {
    for (int i = 0; i < blocks.size(); i++) {
      VariableUses uses = new VariableUses();
      uses.addBlock(blocks.get(i));
      if (!sets(blocks.get(i), i == 0, variable) || !uses.needNothingBut(parameters)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sets(Block block, boolean first, int variable) {
    int end = block.size() - 1;
    return end > 0
        && (first ? resets(block, variable) : asks(block, variable))
        && block.at(end) instanceof AssignVarOnce assign
        && assign.target() == variable;
  }

  private static boolean resets(Block block, int variable) {
    return block.at(0) instanceof ResetLocal reset && reset.target() == variable;
  }

  private static boolean asks(Block block, int variable) {
    return block.at(0) instanceof IsUndefined undefined && undefined.source() == variable;
  }

  /** That an argument, whose variable it is, is the constant with that number. */
  record Test(int variable, int constant) {}

  /** What all alternatives begin with, because the definition asks for a constant; or null. */
  Test test(int... parameters) {
    Test test = testIn(alternatives.get(0), parameters);
    return alternatives.stream().allMatch(block -> Objects.equals(test, testIn(block, parameters)))
        ? test
        : null;
  }

  private static Test testIn(Block block, int... parameters) {
    if (block.at(1) instanceof Equal equal
        && equal.a() instanceof Operand.Local argument
        && equal.b() instanceof Operand.StringIndex wanted
        && Arrays.stream(parameters, 2, parameters.length)
            .anyMatch(parameter -> parameter == argument.variable())) {
      return new Test(argument.variable(), wanted.index());
    }
    return null;
  }
}
