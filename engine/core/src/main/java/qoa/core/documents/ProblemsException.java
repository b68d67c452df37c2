package qoa.core.documents;

import java.util.List;
import java.util.stream.Collectors;

/** Files of a user cannot be used. Contains every mistake that was found, not only the first. */
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

  /** The mistakes, in the order in which to print them. */
  public List<Problem> problems() {
    return problems;
  }
}
