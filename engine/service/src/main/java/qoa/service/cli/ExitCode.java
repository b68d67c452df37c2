package qoa.service.cli;

import java.util.Set;
import qoa.core.sink.Summary;

/** Exit codes of the commands. */
public final class ExitCode {

  public static final int OK = 0;
  static final int COULD_NOT_RUN = 1;
  static final int UNDETERMINED = 2;
  static final int VIOLATED = 3;

  private ExitCode() {}

  /**
   * The exit code of a run: that of its worst outcome. What could not be judged is never met.
   *
   * @param allowed outcomes that are exempt from exit code 2
   */
  static int of(Summary summary, Set<Allowed> allowed) {
    if (summary.violated() > 0) {
      return VIOLATED;
    }
    boolean sure =
        summary.evaluations().failed() == 0
            && (summary.undetermined() == 0 || allowed.contains(Allowed.UNDETERMINED))
            && (summary.unjudged().isEmpty() || allowed.contains(Allowed.UNJUDGED))
            && (summary.deadLetters() == 0 || allowed.contains(Allowed.DEAD_LETTERS))
            && (summary.read().late() == 0 || allowed.contains(Allowed.LATE));
    return sure ? OK : UNDETERMINED;
  }
}
