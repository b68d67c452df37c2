package qoa.rego.plan;

import java.util.List;

/** Statements that run one after the other until one of them is undefined. */
public record Block(List<Statement> statements) {
  /** Copies the list. */
  public Block {
    statements = List.copyOf(statements);
  }

  /** The number of statements. */
  public int size() {
    return statements.size();
  }

  /** The statement at a position from 0; null beyond the last one. */
  public Statement at(int position) {
    return position < statements.size() ? statements.get(position) : null;
  }
}
