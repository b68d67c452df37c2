package qoa.core.documents;

import java.util.List;
import java.util.stream.Collectors;

/** What a person wrote cannot be used; carries every mistake found, not only the first. */
public final class ProblemsException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /**
   * @param problems at least one
   */
  public ProblemsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** The mistakes, in the order in which they should be read. */
  public List<Problem> problems() {
    return problems;
  }
}
