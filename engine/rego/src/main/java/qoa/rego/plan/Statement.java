package qoa.rego.plan;

import java.util.List;

/**
 * A statement of OPA's intermediate representation. The records have the names that OPA gives them,
 * without {@code Stmt}. Analyses that treat all statements alike ask for what a statement reads,
 * sets and holds; the lists are in no order that means anything.
 */
public sealed interface Statement
    permits BlockStatement, CallStatement, CheckStatement, CollectionStatement, VariableStatement {

  /** Its place in the policy. */
  Location location();

  /** What it reads and a compiler may replace by a constant. */
  default List<Operand> operands() {
    return List.of();
  }

  /** The variables that it reads, or fills, and that stay variables. */
  default List<Integer> variables() {
    return List.of();
  }

  /** The variables that it sets. */
  default List<Integer> targets() {
    return List.of();
  }

  /** The blocks that it holds. */
  default List<Block> blocks() {
    return List.of();
  }
}
